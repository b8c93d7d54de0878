import { problemOf, ProblemError } from "./problem.ts";
import { readIngestion, type Ingestion } from "./ingestions.ts";

/**
 * Sends files as one form; resolves with the ingestion that reads them. Rejects with ProblemError, TypeError where the
 * server can't be reached, or AbortError. An old request object, because fetch does not tell how much was sent.
 */
export function uploadFiles(files: File[], onSent: (share: number) => void, signal: AbortSignal): Promise<Ingestion> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    const end = (act: () => void): void => {
      signal.removeEventListener("abort", stop);
      act();
    };
    signal.addEventListener("abort", stop);
    request.open("POST", "/api/documents?wait=0");
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0));
    request.addEventListener("abort", () =>
      end(() => reject(new DOMException("The upload was stopped.", "AbortError"))),
    );
    request.addEventListener("error", () => end(() => reject(new TypeError("The upload broke off."))));
    request.addEventListener("load", () => end(() => void settle(request).then(resolve, reject)));
    const form = new FormData();
    for (const file of files) form.append("file", file, file.name);
    request.send(form);
  });
}

async function settle({ status, responseText }: XMLHttpRequest): Promise<Ingestion> {
  const response = new Response(responseText, { status: status === 204 ? 200 : status });
  if (status < 200 || status >= 300) throw new ProblemError(await problemOf(response));
  return readIngestion(await response.json());
}
