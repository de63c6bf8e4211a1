// As much of `wx` as the mini-program's client uses, on a browser's own means: the pages run the client customers do.

interface RequestOptions {
  url: string;
  method: string;
  header: Record<string, string>;
  data?: unknown;
  success: (answer: { statusCode: number; data: unknown; header: Record<string, string> }) => void;
  fail: (why: { errMsg: string }) => void;
}

interface Closed {
  code: number;
}

export const wx = {
  async request({ url, method, header, data, success, fail }: RequestOptions): Promise<void> {
    try {
      const body = data === undefined ? undefined : JSON.stringify(data);
      const response = await fetch(url, { method, headers: header, body });
      const text = await response.text();
      let read: unknown = text;
      try {
        read = JSON.parse(text);
      } catch {
        // wx gives the text then
      }
      success({ statusCode: response.status, data: read, header: Object.fromEntries(response.headers) });
    } catch (error) {
      fail({ errMsg: `request:fail ${error instanceof Error ? error.message : String(error)}` });
    }
  },

  connectSocket({ url, protocols }: { url: string; protocols: string[] }) {
    const socket = new WebSocket(url, protocols);
    return {
      onOpen: (heard: () => void) => socket.addEventListener("open", heard),
      onMessage: (heard: (message: { data: string }) => void) => socket.addEventListener("message", heard),
      onClose: (heard: (closed: Closed) => void) => socket.addEventListener("close", ({ code }) => heard({ code })),
      onError: (heard: () => void) => socket.addEventListener("error", heard),
      send({ data, fail }: { data: string; fail: (why: unknown) => void }) {
        try {
          socket.send(data);
        } catch (error) {
          fail(error);
        }
      },
      close: ({ code }: Closed) => socket.close(code),
    };
  },

  /** A browser has no path of a file to send. */
  uploadFile: ({ fail }: Pick<RequestOptions, "fail">) => fail({ errMsg: "uploadFile:fail no files" }),
};
