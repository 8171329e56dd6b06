[assembly: Minke.Api.ApiNamespace("Minke.Api.Events", "events.k8s.io", "v1", "io.k8s.api.events.v1")]
