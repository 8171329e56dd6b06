using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.Api.Meta;
using Minke.ApiServer.Resources;
using Minke.Client;

namespace Minke.ApiServer.Http;

/// <summary>Answers create, update, patch and delete of objects, and of their status.</summary>
internal sealed class WriteHandler(ResourceService service, ObjectResponse response)
{
    private static readonly string[] s_patchTypes =
    [
        "application/json-patch+json",
        "application/merge-patch+json",
        "application/strategic-merge-patch+json",
        "application/apply-patch+yaml",
    ];

    public async Task CreateAsync(ApiRequest request)
    {
        var item = await RequestBody.ReadObjectAsync(request.Http, request.Kind);
        var created = await service.CreateAsync(request.View, request.Namespace, item, request.WriteOptions(), request.Aborted);
        await response.WriteAsync(request, created, StatusCodes.Status201Created);
    }

    public async Task UpdateAsync(ApiRequest request, UpdateScope scope)
    {
        var item = await RequestBody.ReadObjectAsync(request.Http, request.Kind);
        RequestChecks.SameName(item, request.Name);
        var updated = await service.UpdateAsync(
            request.View, request.Namespace, request.Name, item, scope, request.WriteOptions(), request.Aborted);
        await response.WriteAsync(request, updated, StatusCodes.Status200OK);
    }

    public async Task PatchAsync(ApiRequest request, UpdateScope scope)
    {
        var patch = await ReadPatchAsync(request);
        var warnings = new List<string>();
        var result = await service.PatchAsync(
            request.View,
            request.Namespace,
            request.Name,
            new ObjectPatch(patch, request.Query.FieldValidation, warnings),
            scope,
            request.WriteOptions(patch.Type == PatchType.Apply),
            request.Aborted);
        ResponseWarnings.Add(request.Http, warnings);
        await response.WriteAsync(request, result.Item, result.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    public async Task DeleteAsync(ApiRequest request)
    {
        var options = await ReadDeletionAsync(request);
        var result = await service.DeleteAsync(request.View, request.Namespace, request.Name, options, request.Aborted);
        if (result.Removed && !request.View.Storage.Strategy.AnswersDeletionWithObject)
        {
            await StatusResponse.WriteAsync(request.Http, Success(request.Kind, result.Item));
            return;
        }

        await response.WriteAsync(request, result.Item, StatusCodes.Status200OK);
    }

    public async Task DeleteCollectionAsync(ApiRequest request)
    {
        var options = await ReadDeletionAsync(request);
        var selection = Selection.Parse(request.View, request.Namespace, request.Query.LabelSelector, request.Query.FieldSelector);
        var list = await service.DeleteCollectionAsync(request.View, selection, options, request.Aborted);
        await response.WriteListAsync(request, list);
    }

    /// <exception cref="ApiException">The body is in a form that is no patch (415).</exception>
    public static async ValueTask<PatchBody> ReadPatchAsync(ApiRequest request)
    {
        var type = Array.IndexOf(s_patchTypes, RequestBody.MediaType(request.Http)) switch
        {
            0 => PatchType.Json,
            1 => PatchType.Merge,
            2 => PatchType.StrategicMerge,
            3 => PatchType.Apply,
            _ => throw ApiErrors.UnsupportedMediaType(s_patchTypes),
        };
        var body = await RequestBody.ReadAsync(request.Http);
        if (type == PatchType.Apply)
        {
            body = ApiYaml.ToJson(body.Span);
        }
        else if (request.Query.Force)
        {
            throw ApiErrors.BadRequest("force: Forbidden: may not be specified for non-apply patch");
        }

        return new PatchBody(type, body, request.Query.FieldManager, request.Query.Force);
    }

    /// <summary>What the body says, completed by the query.</summary>
    public static async ValueTask<DeletionOptions> ReadDeletionAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadDocumentAsync<DeleteOptions>(request.Http) ?? new DeleteOptions();
        var query = request.Query;
        return Deletion(body) with
        {
            GracePeriodSeconds = body.GracePeriodSeconds ?? query.GracePeriodSeconds,
            Propagation = Propagation(
                body.PropagationPolicy ?? (query.PropagationPolicy.Length > 0 ? query.PropagationPolicy : null),
                body.OrphanDependents ?? query.OrphanDependents),
            DryRun = IsDryRun(body) || query.DryRun,
        };
    }

    /// <exception cref="ApiException">An option has no sense (400).</exception>
    public static DeletionOptions Deletion(DeleteOptions options) => new()
    {
        GracePeriodSeconds = options.GracePeriodSeconds,
        Uid = options.Preconditions?.Uid,
        ResourceVersion = options.Preconditions?.ResourceVersion,
        Propagation = Propagation(options.PropagationPolicy, options.OrphanDependents),
        DryRun = IsDryRun(options),
    };

    private static bool IsDryRun(DeleteOptions options) => options.DryRun.Count switch
    {
        0 => false,
        1 when options.DryRun[0] == "All" => true,
        _ => throw ApiErrors.BadRequest($"dryRun: Unsupported value: \"{options.DryRun[0]}\": supported values: \"All\""),
    };

    private static PropagationPolicy? Propagation(string? policy, bool? orphanDependents)
    {
        if (policy is not null && orphanDependents is not null)
        {
            throw ApiErrors.BadRequest("propagationPolicy: Invalid value: orphanDependents and propagationPolicy cannot be both set");
        }

        return policy is not null
            ? PropagationPolicies.Parse(policy)
            : orphanDependents is { } orphans ? orphans ? PropagationPolicy.Orphan : PropagationPolicy.Background : null;
    }

    private static Status Success(KindInfo kind, ApiObject item) => new()
    {
        Result = "Success",
        Code = StatusCodes.Status200OK,
        Details = new StatusDetails { Name = item.Metadata.Name, Group = kind.Group, Kind = kind.Plural, Uid = item.Metadata.Uid },
    };
}
