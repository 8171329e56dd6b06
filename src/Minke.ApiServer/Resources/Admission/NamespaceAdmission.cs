using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;

namespace Minke.ApiServer.Resources.Admission;

/// <summary>Nothing is created in a namespace that is not there or is going away.</summary>
internal sealed class NamespaceAdmission(ResourceRegistry registry)
{
    private const string TerminatingCause = "NamespaceTerminating";

    /// <exception cref="ApiException">The namespace is not there (404) or is terminating (403).</exception>
    public async ValueTask CheckAsync(KindInfo kind, string ns, string name, CancellationToken cancellationToken)
    {
        if (!kind.Namespaced)
        {
            return;
        }

        var found = await FindAsync(ns, cancellationToken) ?? throw ApiErrors.NotFound(Kinds.Namespace, ns);
        if (found.Metadata.DeletionTimestamp is not null)
        {
            var error = ApiErrors.Forbidden(kind.Group, kind.Plural, name, $"unable to create new content in namespace {ns} because it is being terminated");
            error.Status.Details!.Causes.Add(
                new StatusCause { Reason = TerminatingCause, Message = $"namespace {ns} is being terminated", Field = "metadata.namespace" });
            throw error;
        }
    }

    // The cache is asked without waiting first: namespaces are few and old. Only one that it does not know is looked up in the newest state.
    private async ValueTask<Namespace?> FindAsync(string ns, CancellationToken cancellationToken)
    {
        var namespaces = registry.For(Kinds.Namespace);
        var cached = await namespaces.FindAsync("", ns, ResourceStorage.AnyVersion, cancellationToken);
        cached ??= await namespaces.FindAsync("", ns, ResourceStorage.NewestVersion, cancellationToken);
        return (Namespace?)cached?.Object;
    }
}
