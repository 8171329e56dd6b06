[assembly: Minke.Api.ApiNamespace("Minke.Api.Policy", "policy", "v1", "io.k8s.api.policy.v1")]
