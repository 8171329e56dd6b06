[assembly: Minke.Api.ApiNamespace("Minke.Api.Authentication", "authentication.k8s.io", "v1", "io.k8s.api.authentication.v1")]
