[assembly: Minke.Api.ApiNamespace("Minke.Api.Coordination", "coordination.k8s.io", "v1", "io.k8s.api.coordination.v1")]
