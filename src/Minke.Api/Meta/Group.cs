[assembly: Minke.Api.ApiNamespace("Minke.Api.Meta", "", "v1", "io.k8s.apimachinery.pkg.apis.meta.v1")]
