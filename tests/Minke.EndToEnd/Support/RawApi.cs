using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Minke.EndToEnd;

/// <summary>Plain HTTPS requests with the kubeconfig's client certificate, for what no well-behaved client sends.</summary>
internal sealed class RawApi : IDisposable
{
    private readonly HttpClient _http;

    private RawApi(HttpClient http) => _http = http;

    public static async Task<RawApi> ConnectAsync(Instance instance, bool anonymous = false)
    {
        var config = JsonNode.Parse(await instance.Kubectl.OkAsync("config", "view", "--raw", "-o", "json"))!;
        var cluster = config["clusters"]![0]!["cluster"]!;
        var user = config["users"]![0]!["user"]!;
        var authority = X509CertificateLoader.LoadCertificate(Convert.FromBase64String((string)cluster["certificate-authority-data"]!));
        using var pem = X509Certificate2.CreateFromPem(Text(user, "client-certificate-data"), Text(user, "client-key-data"));
        var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        if (!anonymous)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return new RawApi(new HttpClient(handler) { BaseAddress = new Uri((string)cluster["server"]!) });
    }

    public async Task<(int Code, JsonNode? Body)> SendAsync(HttpMethod method, string path, byte[]? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : text);
    }

    public Task<(int Code, JsonNode? Body)> PostAsync(string path, string body, string contentType = "application/json") =>
        SendAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), contentType);

    public void Dispose() => _http.Dispose();

    private static string Text(JsonNode user, string name) => Encoding.UTF8.GetString(Convert.FromBase64String((string)user[name]!));
}
