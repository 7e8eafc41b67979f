Console.WriteLine("reverie 0.1.0");
