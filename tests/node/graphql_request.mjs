// graphql-request; it knows no ids, so its middleware puts them in the place of the text.
import { ClientError, GraphQLClient } from 'graphql-request'
import { told } from './recording.mjs'

export function open({ url, headers, fetch }) {
  return async ({ how, text, variables, id, isGet }) => {
    const registered = (request) => ({ ...request, body: JSON.stringify({ documentId: `sha256:${id}`, variables }) })
    const client = new GraphQLClient(url, {
      headers, fetch, ...(isGet && { method: 'GET', jsonSerializer: JSON }),
      ...(how === 'registered' && { requestMiddleware: registered }),
    })
    try {
      return { data: await client.request(text, variables) }
    } catch (error) {
      const errors = error instanceof ClientError && error.response.errors
      return errors ? { errors: told(errors) } : { failure: String(error) }
    }
  }
}
