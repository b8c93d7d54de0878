import { countTokens, type Frames, type ModelStep, piecesOf } from "./scripted-server.ts";

// OpenAI's responses protocol, which ChatOpenAI uses for some models by their name.

export function responsesFrames(step: ModelStep, body: { model: string; input: unknown }): Frames {
  let sequence = 0;
  const frame = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...fields })}\n\n`;
  const response = (status: string, output: object[], usage: object | null) => ({
    id: "resp_same",
    object: "response",
    created_at: 1_763_700_000,
    status,
    error: null,
    incomplete_details: null,
    model: body.model,
    output,
    parallel_tool_calls: true,
    tools: [],
    usage,
  });
  const pieces = [frame("response.created", { response: response("in_progress", [], null) })];
  const output: object[] = [];
  const texts = piecesOf(step);
  if (texts.length > 0) {
    const open = { id: "msg_1", type: "message", status: "in_progress", role: "assistant", content: [] };
    const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
    pieces.push(frame("response.output_item.added", { output_index: 0, item: open }));
    pieces.push(
      frame("response.content_part.added", { ...place, part: { type: "output_text", text: "", annotations: [] } }),
    );
    for (const delta of texts) pieces.push(frame("response.output_text.delta", { ...place, delta, logprobs: [] }));
    const item = {
      ...open,
      status: "completed",
      content: [{ type: "output_text", text: texts.join(""), annotations: [] }],
    };
    pieces.push(frame("response.output_text.done", { ...place, text: texts.join(""), logprobs: [] }));
    pieces.push(frame("response.output_item.done", { output_index: 0, item }));
    output.push(item);
  }
  for (const { name, args } of step.toolCalls ?? []) {
    const index = output.length;
    const written = typeof args === "string" ? args : JSON.stringify(args);
    const item = {
      id: `fc_${index}`,
      type: "function_call",
      call_id: `call_${index}`,
      name,
      arguments: "",
      status: "in_progress",
    };
    pieces.push(frame("response.output_item.added", { output_index: index, item }));
    pieces.push(
      frame("response.function_call_arguments.delta", { item_id: item.id, output_index: index, delta: written }),
    );
    const done = { ...item, arguments: written, status: "completed" };
    pieces.push(frame("response.output_item.done", { output_index: index, item: done }));
    output.push(done);
  }
  const input = step.promptTokens ?? countTokens(body.input);
  const written = countTokens(texts.join(""));
  const usage = {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: written,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + written,
  };
  return {
    contentType: "text/event-stream; charset=utf-8",
    pieces,
    tail: [frame("response.completed", { response: response("completed", output, usage) })],
    malformed: 'event: response.output_text.delta\ndata: {"type":"respo\n\n',
    error: `event: error\ndata: ${JSON.stringify({ type: "error", error: { message: "The server had an error." } })}\n\n`,
  };
}
