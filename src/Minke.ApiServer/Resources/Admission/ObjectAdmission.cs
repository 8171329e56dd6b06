using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.Resources.Admission;

/// <summary>What a new object is checked against and completed from besides itself.</summary>
internal sealed class ObjectAdmission(ResourceRegistry registry)
{
    private readonly NamespaceAdmission _namespaces = new(registry);
    private readonly PodAdmission _pods = new(registry);

    /// <exception cref="ApiException">The namespace is not there or is terminating.</exception>
    public ValueTask CheckNamespaceAsync(KindInfo kind, string ns, string name, CancellationToken cancellationToken) =>
        _namespaces.CheckAsync(kind, ns, name, cancellationToken);

    /// <summary>Completes an object that has its defaults.</summary>
    /// <exception cref="ApiException">The object must not be created.</exception>
    public ValueTask AdmitAsync(ApiObject item, string ns, CancellationToken cancellationToken) =>
        item is Pod pod ? _pods.AdmitAsync(pod, ns, cancellationToken) : ValueTask.CompletedTask;
}
