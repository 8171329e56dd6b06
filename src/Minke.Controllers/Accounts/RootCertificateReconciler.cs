using Microsoft.Extensions.Logging;
using Minke.Api.Core;
using Minke.Api;
using Minke.Client;

namespace Minke.Controllers.Accounts;

/// <summary>
/// Puts the certificate of the cluster's authority into every namespace as the ConfigMap <c>kube-root-ca.crt</c>, from where pods learn whom to trust, and
/// puts it back when it was changed.
/// </summary>
public sealed class RootCertificateReconciler : IController
{
    private const string Name = "kube-root-ca.crt";
    private const string Entry = "ca.crt";

    private readonly ControllerContext _context;
    private readonly string _certificate;
    private readonly Lister<Namespace> _namespaces;
    private readonly Lister<ConfigMap> _maps;
    private readonly WorkQueue<ObjectKey> _queue;

    /// <param name="certificate">In PEM form.</param>
    public RootCertificateReconciler(ControllerContext context, string certificate)
    {
        _context = context;
        _certificate = certificate;
        _namespaces = context.Informers.Lister<Namespace>();
        _maps = context.Informers.Lister<ConfigMap>();
        _queue = context.NewQueue();
        context.Informers.Of<Namespace>().AddHandler(change => _queue.Add(change.Key));
        context.Informers.Of<ConfigMap>().AddHandler(change =>
        {
            if (change.Key.Name == Name)
            {
                _queue.Add(new ObjectKey("", change.Key.Namespace));
            }
        });
    }

    public Task RunAsync(CancellationToken cancellationToken) =>
        new Reconciler<ObjectKey>("root certificate", _queue, ReconcileAsync, () => _namespaces.Keys, _context.Loggers.CreateLogger<RootCertificateReconciler>())
            .RunAsync(1, cancellationToken);

    private async Task<Reconciled> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!NamespaceFacts.IsActive(_namespaces.Get(key)))
        {
            return Reconciled.Done;
        }

        var known = _maps.Get(key.Name, Name);
        if (known is null)
        {
            var made = new ConfigMap();
            made.Metadata.Namespace = key.Name;
            made.Metadata.Name = Name;
            made.Metadata.Annotations["kubernetes.io/description"] =
                "The certificate by which the API server of this cluster can be recognised.";
            made.Data[Entry] = _certificate;
            await NamespaceFacts.CreateIfMissingAsync(_context.Client, made, cancellationToken);
        }
        else if (known.Data.Count != 1 || !known.Data.TryGetValue(Entry, out var value) || value != _certificate)
        {
            var changed = known.Clone();
            changed.Data.Clear();
            changed.Data[Entry] = _certificate;
            await _context.Client.UpdateAsync(changed, cancellationToken);
        }

        return Reconciled.Done;
    }
}
