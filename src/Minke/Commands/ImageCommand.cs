using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Host;
using Minke.Node.Containerd;
using Minke.Node.Images;
using Minke.Node.Runtime;
using Minke.Startup;

namespace Minke.Commands;

/// <summary><c>minke image load</c> and <c>minke image build</c>: images without a registry.</summary>
internal static class ImageCommand
{
    public static Command Create() => new("image", "Bring images in without a registry") { CreateLoad(), CreateBuild() };

    private static Command CreateLoad()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An archive made by 'docker save' or in OCI layout, may be gzipped" };
        var dataDirectory = CommonOptions.DataDirectory();
        var command = new Command("load", "Load the images of an archive") { file, dataDirectory };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetRequiredValue(dataDirectory), async importer =>
        {
            var path = result.GetRequiredValue(file);
            if (!path.Exists)
            {
                throw new StartException($"there is no file {path.FullName}");
            }

            foreach (var name in await LoadAsync(importer, path, cancellationToken))
            {
                Console.Out.WriteLine($"Loaded {name}");
            }
        }));
        return command;
    }

    private static async Task<IReadOnlyList<string>> LoadAsync(ImageImporter importer, FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return await importer.LoadAsync(file.FullName, cancellationToken);
        }
        catch (Exception exception) when (exception is HostCommandException or InvalidDataException)
        {
            throw new StartException($"{file.FullName} cannot be loaded as an image archive: {exception.Message}", exception);
        }
    }

    private static Command CreateBuild()
    {
        var name = new Argument<string>("NAME") { Description = "The image's name, such as shop/web:1" };
        var directory = new Argument<DirectoryInfo>("DIR") { Description = "What becomes the image's root directory" };
        var entrypoint = new Option<string[]>("--entrypoint") { Description = "The program, one word per option", HelpName = "WORD" };
        var words = new Option<string[]>("--cmd") { Description = "The default command or its arguments, one word per option", HelpName = "WORD" };
        var environment = new Option<string[]>("--env") { Description = "A variable for the containers", HelpName = "NAME=VALUE" };
        var workingDirectory = new Option<string>("--workdir") { Description = "Where the program starts", HelpName = "DIR", DefaultValueFactory = _ => "/" };
        var dataDirectory = CommonOptions.DataDirectory();
        var command = new Command("build", "Make an image from a plain directory")
        {
            name, directory, entrypoint, words, environment, workingDirectory, dataDirectory,
        };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetRequiredValue(dataDirectory), async importer =>
        {
            var source = result.GetRequiredValue(directory);
            if (!source.Exists)
            {
                throw new StartException($"there is no directory {source.FullName}");
            }

            var config = new ImageConfig();
            config = config with
            {
                Entrypoint = result.GetValue(entrypoint) ?? [],
                Command = result.GetValue(words) ?? [],
                Environment = [.. config.Environment, .. result.GetValue(environment) ?? []],
                WorkingDirectory = result.GetRequiredValue(workingDirectory),
            };
            Console.Out.WriteLine($"Built {await importer.BuildAsync(result.GetRequiredValue(name), source, config, cancellationToken)}");
        }));
        return command;
    }

    private static Task<int> RunAsync(string dataDirectory, Func<ImageImporter, Task> run) => CommandRunner.RunAsync(async () =>
    {
        Preflight.RequireRoot("image");
        var instance = new Instance(dataDirectory);
        if (ContainerdSupervisor.FindRunning(instance.Containerd) is null)
        {
            throw new StartException($"Minke's containerd does not run for {instance.DataDirectory}; start it with 'minke up'");
        }

        var time = TimeProvider.System;
        using var runtime = new CriRuntime(instance.Containerd.SocketPath, time, NullLogger<CriRuntime>.Instance);
        await run(new ImageImporter(instance.Containerd.SocketPath, runtime, new HostCommand(time), time, NullLogger<ImageImporter>.Instance));
        return CommandRunner.Success;
    });
}
