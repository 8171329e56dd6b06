using System.Text;
using Minke.Node.Containers;

namespace Minke.Node.Pods;

/// <summary>What a container left behind about its end (https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/).</summary>
internal static class TerminationMessage
{
    private const int MessageBytesMax = 4096;
    private const int LogBytesMax = 2048;
    private const int LogLinesMax = 80;

    /// <summary>The file's content, or the end of the log where that is asked for, or what the runtime says.</summary>
    public static string Of(Cri.ContainerStatus status)
    {
        var path = status.Annotations.TryGetValue(RuntimeLabels.TerminationMessagePath, out var named) ? named : "";
        var file = status.Mounts.FirstOrDefault(mount => mount.ContainerPath == path)?.HostPath;
        var message = file is null ? "" : Tail(file, MessageBytesMax, fromStart: true);
        var useLog = message.Length == 0 && status.ExitCode != 0
            && status.Annotations.TryGetValue(RuntimeLabels.TerminationMessagePolicy, out var policy) && policy == "FallbackToLogsOnError";
        if (useLog)
        {
            message = LogTail(status.LogPath);
        }

        return message.Length > 0 ? message : status.Message;
    }

    private static string LogTail(string path)
    {
        // Every line carries a time, a stream and a tag in front, so that more bytes are read than are shown.
        var lines = Tail(path, LogBytesMax * 4, fromStart: false).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var text = new StringBuilder();
        foreach (var line in lines.TakeLast(LogLinesMax))
        {
            var fields = line.Split(' ', 4);
            if (fields.Length == 4)
            {
                text.Append(fields[3]).Append(fields[2].StartsWith('P') ? "" : "\n");
            }
        }

        return text.Length <= LogBytesMax ? text.ToString() : text.ToString(text.Length - LogBytesMax, LogBytesMax);
    }

    private static string Tail(string path, int bytes, bool fromStart)
    {
        try
        {
            // The pod's processes write the file: nothing else of it than so many bytes is trusted.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!fromStart && stream.Length > bytes)
            {
                stream.Seek(-bytes, SeekOrigin.End);
            }

            var buffer = new byte[bytes];
            return Encoding.UTF8.GetString(buffer, 0, stream.ReadAtLeast(buffer, bytes, throwOnEndOfStream: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
