using System.CommandLine;
using Minke.Commands;

var root = new RootCommand("Runs pods on this machine and speaks the Kubernetes API: use kubectl and helm with it.");
root.Subcommands.Add(UpCommand.Create());
root.Subcommands.Add(StatusCommand.Create());
root.Subcommands.Add(DownCommand.Create());
root.Subcommands.Add(ImageCommand.Create());
root.Subcommands.Add(VersionCommand.Create());
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
