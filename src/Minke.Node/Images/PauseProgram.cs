using System.Buffers.Binary;

namespace Minke.Node.Images;

/// <summary>
/// The program of a pod's sandbox, which does nothing but keep the pod's namespaces alive: an x86-64 Linux executable without libraries. As process 1 of a
/// shared process namespace it also reaps orphans. It ends with code 0 on SIGTERM and SIGINT.
/// </summary>
internal static class PauseProgram
{
    private const ulong LoadAddress = 0x400000;
    private const int HeaderBytes = 64; // Elf64_Ehdr of elf(5)
    private const int SegmentHeaderBytes = 56; // Elf64_Phdr

    // The signals are blocked first: the kernel drops signals to a process 1 that has neither a handler for them nor blocks them.
    private static ReadOnlySpan<byte> Code =>
    [
        // start:
        0xB8, 0x0E, 0x00, 0x00, 0x00,             // mov eax, 14          rt_sigprocmask(
        0x31, 0xFF,                               // xor edi, edi           SIG_BLOCK,
        0x48, 0x8D, 0x35, 0x57, 0x00, 0x00, 0x00, // lea rsi, [signals]     &signals,
        0x31, 0xD2,                               // xor edx, edx           NULL,
        0x41, 0xBA, 0x08, 0x00, 0x00, 0x00,       // mov r10d, 8            sizeof signals)
        0x0F, 0x05,                               // syscall
        // wait:
        0xB8, 0x80, 0x00, 0x00, 0x00,             // mov eax, 128         eax = rt_sigtimedwait(
        0x48, 0x8D, 0x3D, 0x41, 0x00, 0x00, 0x00, // lea rdi, [signals]     &signals,
        0x31, 0xF6,                               // xor esi, esi           NULL,
        0x31, 0xD2,                               // xor edx, edx           NULL: no limit,
        0x41, 0xBA, 0x08, 0x00, 0x00, 0x00,       // mov r10d, 8            sizeof signals)
        0x0F, 0x05,                               // syscall
        0x83, 0xF8, 0x11,                         // cmp eax, 17          SIGCHLD
        0x74, 0x0C,                               // je reap
        0x83, 0xF8, 0x0F,                         // cmp eax, 15          SIGTERM
        0x74, 0x22,                               // je done
        0x83, 0xF8, 0x02,                         // cmp eax, 2           SIGINT
        0x74, 0x1D,                               // je done
        0xEB, 0xD7,                               // jmp wait             interrupted
        // reap:
        0xB8, 0x3D, 0x00, 0x00, 0x00,             // mov eax, 61          eax = wait4(
        0x48, 0x83, 0xCF, 0xFF,                   // or rdi, -1             any child,
        0x31, 0xF6,                               // xor esi, esi           NULL,
        0xBA, 0x01, 0x00, 0x00, 0x00,             // mov edx, 1             WNOHANG,
        0x45, 0x31, 0xD2,                         // xor r10d, r10d         NULL)
        0x0F, 0x05,                               // syscall
        0x85, 0xC0,                               // test eax, eax
        0x7F, 0xE7,                               // jg reap              one was reaped: perhaps there are more
        0xEB, 0xBC,                               // jmp wait
        // done:
        0xB8, 0xE7, 0x00, 0x00, 0x00,             // mov eax, 231         exit_group(
        0x31, 0xFF,                               // xor edi, edi           0)
        0x0F, 0x05,                               // syscall
        // signals: a sigset_t; bit n - 1 stands for signal n
        0x02, 0x40, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, // SIGINT (2), SIGTERM (15), SIGCHLD (17)
    ];

    /// <summary>The executable file.</summary>
    public static byte[] Build()
    {
        var file = new byte[HeaderBytes + SegmentHeaderBytes + Code.Length];
        WriteHeader(file);
        WriteSegmentHeader(file.AsSpan(HeaderBytes), file.Length);
        Code.CopyTo(file.AsSpan(HeaderBytes + SegmentHeaderBytes));
        return file;
    }

    private static void WriteHeader(Span<byte> header)
    {
        ReadOnlySpan<byte> identification = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0]; // 64 bits, little-endian, version 1, System V
        identification.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[16..], 2); // ET_EXEC
        BinaryPrimitives.WriteUInt16LittleEndian(header[18..], 62); // EM_X86_64
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1); // EV_CURRENT
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], LoadAddress + HeaderBytes + SegmentHeaderBytes); // entry point
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], HeaderBytes); // where the segment headers are
        BinaryPrimitives.WriteUInt16LittleEndian(header[52..], HeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[54..], SegmentHeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[56..], 1); // one segment
        BinaryPrimitives.WriteUInt16LittleEndian(header[58..], 64); // the size of section headers, of which there are none
    }

    private static void WriteSegmentHeader(Span<byte> header, int fileLength)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, 1); // PT_LOAD
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], 5); // readable, executable
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], 0); // the whole file
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], (ulong)fileLength);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], (ulong)fileLength);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], 0x1000); // alignment
    }
}
