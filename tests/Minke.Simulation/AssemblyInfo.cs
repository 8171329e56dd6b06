// Simulations watch for exceptions that no task looked at, which the runtime reports for the whole process.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
