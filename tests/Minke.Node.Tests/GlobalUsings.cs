global using Cri = Minke.Node.Runtime.V1;
global using Xunit;
