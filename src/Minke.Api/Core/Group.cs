[assembly: Minke.Api.ApiNamespace("Minke.Api.Core", "", "v1", "io.k8s.api.core.v1")]
