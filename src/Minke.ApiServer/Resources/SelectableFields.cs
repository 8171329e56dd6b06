using System.Collections.Frozen;
using System.Globalization;
using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Selectors;

namespace Minke.ApiServer.Resources;

/// <summary>
/// The fields of one kind that field selectors may name; they are those that Kubernetes supports. Values are read from stored objects.
/// </summary>
internal sealed class SelectableFields
{
    private const string NameField = "metadata.name";
    private const string NamespaceField = "metadata.namespace";

    private readonly FrozenDictionary<string, Func<ApiObject, string>> _fields;
    private readonly bool _hasOwn;

    private SelectableFields(IReadOnlyDictionary<string, Func<ApiObject, string>> own)
    {
        _hasOwn = own.Count > 0;
        _fields = own
            .Append(new(NameField, item => item.Metadata.Name))
            .Append(new(NamespaceField, item => item.Metadata.Namespace))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static SelectableFields For(KindInfo kind) => new(kind.Resource switch
    {
        "pods" => Of<Pod>(s_pods),
        "nodes" => Of<Node>(new() { ["spec.unschedulable"] = node => Lower(node.Spec.Unschedulable) }),
        "namespaces" => Of<Namespace>(new() { ["status.phase"] = ns => ns.Status.Phase }),
        "secrets" => Of<Secret>(new() { ["type"] = secret => secret.Type }),
        "replicationcontrollers" => Of<ReplicationController>(new()
        {
            ["status.replicas"] = rc => rc.Status.Replicas.ToString(CultureInfo.InvariantCulture),
        }),
        "events" => Of(EventFields("involvedObject", "reportingComponent", "source")),
        "events.events.k8s.io" => Of(EventFields("regarding", "reportingController", "deprecatedSource.component")),
        _ => FrozenDictionary<string, Func<ApiObject, string>>.Empty,
    });

    /// <exception cref="ApiException">The selector names a field that cannot be selected by (400).</exception>
    public void Check(FieldQuery query)
    {
        foreach (var term in query.Terms)
        {
            if (!_fields.ContainsKey(term.Field))
            {
                throw ApiErrors.BadRequest(_hasOwn
                    ? $"field label not supported: {term.Field}"
                    : $"\"{term.Field}\" is not a known field selector: only \"{NameField}\", \"{NamespaceField}\"");
            }
        }
    }

    public bool Matches(FieldQuery query, ApiObject item)
    {
        foreach (var term in query.Terms)
        {
            if (!term.Matches(_fields[term.Field](item)))
            {
                return false;
            }
        }

        return true;
    }

    private static readonly Dictionary<string, Func<Pod, string>> s_pods = new()
    {
        ["spec.nodeName"] = pod => pod.Spec.NodeName,
        ["spec.restartPolicy"] = pod => pod.Spec.RestartPolicy,
        ["spec.schedulerName"] = pod => pod.Spec.SchedulerName,
        ["spec.serviceAccountName"] = pod => pod.Spec.ServiceAccountName,
        ["spec.hostNetwork"] = pod => Lower(pod.Spec.HostNetwork),
        ["status.phase"] = pod => pod.Status.Phase,
        ["status.podIP"] = pod => pod.Status.PodIPs.Count > 0 ? pod.Status.PodIPs[0].Ip : pod.Status.PodIP,
        ["status.podIPs"] = pod => pod.Status.PodIPs.Count > 0 ? pod.Status.PodIPs[0].Ip : pod.Status.PodIP,
        ["status.nominatedNodeName"] = pod => pod.Status.NominatedNodeName,
    };

    private static Dictionary<string, Func<Event, string>> EventFields(string involved, string reporter, string source) => new()
    {
        [involved + ".kind"] = item => item.InvolvedObject.Kind,
        [involved + ".namespace"] = item => item.InvolvedObject.Namespace,
        [involved + ".name"] = item => item.InvolvedObject.Name,
        [involved + ".uid"] = item => item.InvolvedObject.Uid,
        [involved + ".apiVersion"] = item => item.InvolvedObject.ApiVersion,
        [involved + ".resourceVersion"] = item => item.InvolvedObject.ResourceVersion,
        [involved + ".fieldPath"] = item => item.InvolvedObject.FieldPath,
        ["reason"] = item => item.Reason,
        [reporter] = item => item.ReportingComponent,
        [source] = item => item.Source.Component.Length > 0 ? item.Source.Component : item.ReportingComponent,
        ["type"] = item => item.Type,
    };

    private static Dictionary<string, Func<ApiObject, string>> Of<T>(Dictionary<string, Func<T, string>> fields) where T : ApiObject =>
        fields.ToDictionary(field => field.Key, field => (Func<ApiObject, string>)(item => field.Value((T)item)), StringComparer.Ordinal);

    private static string Lower(bool value) => value ? "true" : "false";
}
