[assembly: Minke.Api.ApiNamespace("Minke.Api.Autoscaling", "autoscaling", "v1", "io.k8s.api.autoscaling.v1")]
