using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.Api.Autoscaling;
using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.Api.Policy;
using Minke.ApiServer.Resources;
using Minke.ApiServer.Patch;

namespace Minke.ApiServer.Http;

/// <summary>Answers the subresources whose bodies are of another kind: binding, eviction and scale.</summary>
internal sealed class SubresourceHandler(ResourceService service, ObjectResponse response)
{
    /// <summary>Also answers a create of a Binding itself, whose name is the pod's.</summary>
    public async Task BindAsync(ApiRequest request)
    {
        var binding = (Binding)await RequestBody.ReadObjectAsync(request.Http, Kinds.Binding);
        if (request.Name.Length > 0)
        {
            RequestChecks.SameName(binding, request.Name);
        }

        await service.BindAsync(request.Namespace, binding.Metadata.Name, binding, request.WriteOptions(), request.Aborted);
        await StatusResponse.WriteAsync(request.Http, new Status { Result = "Success", Code = StatusCodes.Status201Created });
    }

    /// <summary>
    /// There are no disruption budgets, so an eviction is a deletion. The body may be of policy/v1 or, from older clients, policy/v1beta1;
    /// the two have the same fields.
    /// </summary>
    public async Task EvictAsync(ApiRequest request)
    {
        var eviction = await RequestBody.ReadDocumentAsync<Eviction>(request.Http) ?? throw ApiErrors.BadRequest("an Eviction is expected");
        RequestChecks.SameName(eviction, request.Name);
        var options = WriteHandler.Deletion(eviction.DeleteOptions ?? new DeleteOptions());
        options = options with { DryRun = options.DryRun || request.Query.DryRun };
        await service.DeleteAsync(request.View, request.Namespace, request.Name, options, request.Aborted);
        await StatusResponse.WriteAsync(request.Http, new Status { Result = "Success", Code = StatusCodes.Status201Created });
    }

    public async Task GetScaleAsync(ApiRequest request)
    {
        var found = await request.View.Storage.GetAsync(request.Namespace, request.Name, request.Query.ResourceVersion, request.Aborted);
        await response.WriteAsync(request, ReplicationControllerScale.Of((ReplicationController)found.Object), StatusCodes.Status200OK);
    }

    public async Task UpdateScaleAsync(ApiRequest request)
    {
        var scale = (Scale)await RequestBody.ReadObjectAsync(request.Http, Kinds.Scale);
        await ChangeScaleAsync(request, _ => scale);
    }

    public async Task PatchScaleAsync(ApiRequest request)
    {
        var patch = await WriteHandler.ReadPatchAsync(request);
        if (patch.Type == Client.PatchType.Apply)
        {
            throw ApiErrors.BadRequest("a scale cannot be changed by server-side apply; apply the replication controller itself");
        }

        await ChangeScaleAsync(request, current =>
            (Scale)ApiJson.Decode(Kinds.Scale, PatchEngine.Apply(Kinds.Scale, ApiJson.Encode(current), patch.Type, patch.Json), request.Query.FieldValidation));
    }

    private async Task ChangeScaleAsync(ApiRequest request, Func<Scale, Scale> change)
    {
        ApiObject Apply(ApiObject item)
        {
            var current = (ReplicationController)item;
            return ReplicationControllerScale.Apply(current, change(ReplicationControllerScale.Of(current)));
        }

        var updated = await service.ChangeAsync(
            request.View, request.Namespace, request.Name, Apply, UpdateScope.Main, request.WriteOptions(), request.Aborted);
        await response.WriteAsync(request, ReplicationControllerScale.Of((ReplicationController)updated), StatusCodes.Status200OK);
    }
}
