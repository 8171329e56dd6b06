[assembly: Minke.Api.ApiNamespace("Minke.Api.Authorization", "authorization.k8s.io", "v1", "io.k8s.api.authorization.v1")]
