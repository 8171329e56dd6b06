using System.Runtime.InteropServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.ApiServer.Discovery;
using Minke.ApiServer.Metrics;

namespace Minke.ApiServer.Http;

/// <summary>Answers the paths that are no resources: discovery, OpenAPI, version, health and metrics.</summary>
internal sealed class FixedPaths(DiscoveryHandler discovery, OpenApiHandler openApi, HealthHandler health, PrometheusExporter metrics)
{
    private static readonly StaticDocument s_version = new(ResponseType.Json, JsonBuffer.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("major"u8, ApiRelease.Major);
        json.WriteString("minor"u8, ApiRelease.Minor);
        json.WriteString("gitVersion"u8, ApiRelease.GitVersion + "+minke");
        json.WriteString("gitCommit"u8, ""u8);
        json.WriteString("gitTreeState"u8, "clean"u8);
        json.WriteString("buildDate"u8, "1970-01-01T00:00:00Z"u8);
        json.WriteString("goVersion"u8, ""u8);
        json.WriteString("compiler"u8, RuntimeInformation.FrameworkDescription);
        json.WriteString("platform"u8, "linux/" + (RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "amd64" : "arm64"));
        json.WriteEndObject();
    }));

    /// <exception cref="ApiException">Nothing is at the path (404), or it cannot be used like that (405).</exception>
    public Task HandleAsync(HttpContext http, string path)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            throw Serves(path) ? ApiErrors.MethodNotAllowed() : ApiErrors.NoSuchPath();
        }

        return path switch
        {
            "/version" or "/version/" => s_version.WriteAsync(http),
            "/metrics" => ResponseBody.WriteAsync(http, StatusCodes.Status200OK, PrometheusExporter.ContentType, Encoding.UTF8.GetBytes(metrics.Write())),
            _ when HealthHandler.Serves(path) => health.HandleAsync(http, path),
            _ when OpenApiHandler.Serves(path) => openApi.HandleAsync(http, path),
            _ => discovery.HandleAsync(http, path.Length > 1 ? path.TrimEnd('/') : path),
        };
    }

    private bool Serves(string path) =>
        path is "/version" or "/metrics" || HealthHandler.Serves(path) || OpenApiHandler.Serves(path) || discovery.Serves(path.TrimEnd('/'));
}
