using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.Resources.Admission;

/// <summary>
/// Completes new pods from what else is in the cluster: service account, priority and the tolerations that let a pod outlast a short
/// failure of its node (Kubernetes' ServiceAccount, Priority and DefaultTolerationSeconds plugins).
/// </summary>
internal sealed class PodAdmission(ResourceRegistry registry)
{
    private const string DefaultAccount = "default";
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const long TolerationSeconds = 300;

    private static readonly string[] s_nodeFailures = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    /// <exception cref="ApiException">The pod names a service account or a priority class that is not there (403).</exception>
    public async ValueTask AdmitAsync(Pod pod, string ns, CancellationToken cancellationToken)
    {
        if (!pod.Metadata.Annotations.ContainsKey(MirrorAnnotation))
        {
            await SetServiceAccountAsync(pod, ns, cancellationToken);
        }

        SetPriority(pod);
        foreach (var key in s_nodeFailures)
        {
            TolerateForAWhile(pod.Spec, key);
        }
    }

    private async ValueTask SetServiceAccountAsync(Pod pod, string ns, CancellationToken cancellationToken)
    {
        var spec = pod.Spec;
        var name = spec.ServiceAccountName.Length > 0 ? spec.ServiceAccountName : spec.ServiceAccount;
        spec.ServiceAccountName = spec.ServiceAccount = name.Length > 0 ? name : DefaultAccount;
        var accounts = registry.For(Kinds.ServiceAccount);
        var found = await accounts.FindAsync(ns, spec.ServiceAccountName, ResourceStorage.NewestVersion, cancellationToken);

        // Every namespace has a default account by definition; whether its object was made yet is not the pod's concern.
        if (found is null && spec.ServiceAccountName != DefaultAccount)
        {
            throw Refuse(pod, $"error looking up service account {ns}/{spec.ServiceAccountName}: serviceaccount \"{spec.ServiceAccountName}\" not found");
        }

        if (found?.Object is ServiceAccount account && spec.ImagePullSecrets.Count == 0)
        {
            spec.ImagePullSecrets.AddRange(account.Clone().ImagePullSecrets);
        }
    }

    private static void SetPriority(Pod pod)
    {
        var priority = pod.Spec.PriorityClassName switch
        {
            "" => 0,
            "system-cluster-critical" => 2_000_000_000,
            "system-node-critical" => 2_000_001_000,
            var other => throw Refuse(pod, $"no PriorityClass with name {other} was found"),
        };
        if (pod.Spec.Priority is { } given && given != priority)
        {
            throw Refuse(pod, $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name");
        }

        pod.Spec.Priority = priority;
        pod.Spec.PreemptionPolicy ??= "PreemptLowerPriority";
    }

    private static ApiException Refuse(Pod pod, string why) => ApiErrors.Forbidden("", Kinds.Pod.Plural, pod.Metadata.Name, why);

    private static void TolerateForAWhile(PodSpec spec, string key)
    {
        var tolerated = spec.Tolerations.Any(t => (t.Key == key || t.Key.Length == 0) && t.Effect is "NoExecute" or "");
        if (!tolerated)
        {
            spec.Tolerations.Add(new Toleration { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = TolerationSeconds });
        }
    }
}
