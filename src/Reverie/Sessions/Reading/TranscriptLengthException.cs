namespace Reverie.Sessions;

/// <summary>A stream holds more text, decompressed, than its reader allows.</summary>
public sealed class TranscriptLengthException(long textBytesMax) : Exception($"there are more than {textBytesMax} bytes of text");
