// How many tokens a text costs, guessed without the model's tokenizer. The guess leans high, because a prompt that is
// too long loses its front silently: on the manuals 1.2 to 1.4 times o200k's count, and not below cl100k's, which
// stands for tokenizers that are poor at Korean.

/** Upper-leaning estimate; a few µs per kilobyte. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(/[A-Za-z]+|\d+|[\uac00-\ud7a3]+|[!-/:-@[-`{-~]+|[ \t]+|\s+|[\s\S]/gu)) {
    const code = piece.charCodeAt(0);
    if (code === 32 || code === 9) tokens += piece.length > 1 ? 1 : 0;
    else if (code < 14) tokens += 1;
    else if (code >= 48 && code <= 57) tokens += Math.ceil(piece.length * 0.75);
    else if (code >= 0xac00 && code <= 0xd7a3) tokens += piece.length * 1.25;
    else if (code < 128) tokens += Math.ceil(/[A-Za-z]/.test(piece) ? piece.length / 5 : piece.length * 0.55);
    else tokens += code >= 0x2e80 ? 1.3 : 1.1;
  }
  return Math.ceil(tokens);
}

/** What the messages and tool definitions of a request to either wire format cost, role marks included. */
export function estimateRequestTokens(body: unknown): number {
  const { messages = [], tools = [] } = body as { messages?: unknown[]; tools?: unknown[] };
  const texts = messages.map((message) => {
    const { content, tool_calls: calls } = message as { content?: unknown; tool_calls?: unknown };
    const text = typeof content === "string" ? content : JSON.stringify(content ?? "");
    return estimateTokens(text) + (calls === undefined ? 0 : estimateTokens(JSON.stringify(calls))) + 4;
  });
  const described = tools.length === 0 ? 0 : estimateTokens(JSON.stringify(tools));
  return texts.reduce((sum, tokens) => sum + tokens, described);
}
