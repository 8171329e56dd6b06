namespace Minke.Node.Server;

/// <summary>A request that the node answers with an HTTP status code and a sentence; the API server makes a Status of it.</summary>
internal sealed class NodeRequestException(int code, string message) : Exception(message)
{
    public int Code => code;

    public static NodeRequestException BadRequest(string message) => new(400, message);

    public static NodeRequestException NotFound(string message) => new(404, message);
}
