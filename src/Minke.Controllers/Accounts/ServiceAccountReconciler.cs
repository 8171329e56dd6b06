using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Accounts;

/// <summary>Sees to it that every namespace has the ServiceAccount <c>default</c>, which pods run as when they name no other.</summary>
public sealed class ServiceAccountReconciler : IController
{
    private const string DefaultName = "default";

    private readonly ControllerContext _context;
    private readonly Lister<Namespace> _namespaces;
    private readonly Lister<ServiceAccount> _accounts;
    private readonly WorkQueue<ObjectKey> _queue;

    public ServiceAccountReconciler(ControllerContext context)
    {
        _context = context;
        _namespaces = context.Informers.Lister<Namespace>();
        _accounts = context.Informers.Lister<ServiceAccount>();
        _queue = context.NewQueue();
        context.Informers.Of<Namespace>().AddHandler(change => _queue.Add(change.Key));
        context.Informers.Of<ServiceAccount>().AddHandler(change =>
        {
            if (change.Type == ChangeType.Deleted && change.Key.Name == DefaultName)
            {
                _queue.Add(new ObjectKey("", change.Key.Namespace));
            }
        });
    }

    public Task RunAsync(CancellationToken cancellationToken) =>
        new Reconciler<ObjectKey>("service account", _queue, ReconcileAsync, () => _namespaces.Keys, _context.Loggers.CreateLogger<ServiceAccountReconciler>())
            .RunAsync(1, cancellationToken);

    private async Task<Reconciled> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!NamespaceFacts.IsActive(_namespaces.Get(key)) || _accounts.Get(key.Name, DefaultName) is not null)
        {
            return Reconciled.Done;
        }

        var account = new ServiceAccount();
        account.Metadata.Namespace = key.Name;
        account.Metadata.Name = DefaultName;
        await NamespaceFacts.CreateIfMissingAsync(_context.Client, account, cancellationToken);
        return Reconciled.Done;
    }
}
