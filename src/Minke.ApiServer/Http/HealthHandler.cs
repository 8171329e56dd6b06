using System.Text;
using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.Store;

namespace Minke.ApiServer.Http;

/// <summary>
/// Answers <c>/livez</c>, <c>/readyz</c> and <c>/healthz</c>: 200 when all checks pass, else 500; with <c>?verbose</c> one line per check.
/// A single check is asked for by its name, for example <c>/readyz/store</c>.
/// </summary>
internal sealed class HealthHandler(ServerCore core, IStore store, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan s_storeTimeout = TimeSpan.FromSeconds(2);
    private static readonly string[] s_alive = ["ping"];
    private static readonly string[] s_ready = ["ping", "store", "caches", "shutdown"];

    public static bool Serves(string path) => ChecksOf(path) is not null;

    public async Task HandleAsync(HttpContext http, string path)
    {
        var (endpoint, checks) = ChecksOf(path) ?? throw ApiErrors.NoSuchPath();
        var text = new StringBuilder();
        var passed = true;
        foreach (var check in checks)
        {
            var ok = await PassesAsync(check, http.RequestAborted);
            passed &= ok;
            text.Append(ok ? $"[+]{check} ok\n" : $"[-]{check} failed: reason withheld\n");
        }

        var isBrief = passed && !http.Request.Query.ContainsKey("verbose");
        text.Append(passed ? $"{endpoint} check passed\n" : $"{endpoint} check failed\n");
        var body = Encoding.ASCII.GetBytes(isBrief ? "ok" : text.ToString());
        var code = passed ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
        await ResponseBody.WriteAsync(http, code, "text/plain; charset=utf-8", body);
    }

    private static (string Endpoint, string[] Checks)? ChecksOf(string path)
    {
        var parts = path.Split('/');
        var all = parts.Length is 2 or 3 ? parts[1] switch
        {
            "livez" => s_alive,
            "readyz" or "healthz" => s_ready,
            _ => null,
        } : null;
        if (all is null)
        {
            return null;
        }

        if (parts.Length == 2)
        {
            return (parts[1], all);
        }

        return all.Contains(parts[2]) ? (parts[1], [parts[2]]) : null;
    }

    private async ValueTask<bool> PassesAsync(string check, CancellationToken cancellationToken) => check switch
    {
        "store" => await StoreAnswersAsync(cancellationToken),
        "caches" => core.IsReady,
        "shutdown" => !stopping.IsCancellationRequested,
        _ => true,
    };

    private async ValueTask<bool> StoreAnswersAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(s_storeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await store.GetRevisionAsync(either.Token);
            return true;
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            return false;
        }
    }
}
