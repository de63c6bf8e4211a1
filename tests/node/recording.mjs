// `fetch`, and what went through it: method, the Accept header, status and media type of the answer.
export function recording() {
  const sent = []
  const recorded = async (url, options) => {
    const response = await fetch(url, options)
    sent.push({
      method: options.method, accept: new Headers(options.headers).get('accept'),
      status: response.status, type: response.headers.get('content-type'),
    })
    return response
  }
  return { sent, fetch: recorded }
}

/** GraphQL errors as a test reads them. */
export const told = (errors) => errors.map(({ message, path, extensions }) => ({ message, code: extensions.code, ...(path && { path }) }))
