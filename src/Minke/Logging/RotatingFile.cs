using System.Text;

namespace Minke.Logging;

/// <summary>
/// A log file of bounded size: when full it becomes NAME.1 (and .1 becomes .2, ...), and a new one begins. Every line is written at once, so that nothing is
/// lost when the process dies. Thread-safe.
/// </summary>
internal sealed class RotatingFile : TextWriter
{
    private const long FileBytesMax = 8 * 1024 * 1024;
    private const int OldFilesMax = 3;

    private readonly string _path;
    private readonly Lock _lock = new(); // guards _file
    private FileStream _file;

    public RotatingFile(string path)
    {
        _path = path;
        _file = Open();
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        var bytes = Encoding.UTF8.GetBytes(value ?? "");
        lock (_lock)
        {
            if (_file.Position + bytes.Length > FileBytesMax)
            {
                Rotate();
            }

            _file.Write(bytes);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_lock)
            {
                _file.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void Rotate()
    {
        _file.Dispose();
        for (var i = OldFilesMax; i >= 1; i--)
        {
            var newer = i == 1 ? _path : $"{_path}.{i - 1}";
            if (File.Exists(newer))
            {
                File.Move(newer, $"{_path}.{i}", overwrite: true);
            }
        }

        _file = Open();
    }

    // Unbuffered. Others may read it, and rename or delete it, meanwhile.
    private FileStream Open()
    {
        var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Seek(0, SeekOrigin.End);
        return file;
    }
}
