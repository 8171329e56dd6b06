global using Cri = Minke.Node.Runtime.V1;
