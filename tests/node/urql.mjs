// urql's core client, with its persistedExchange where ids are sent: registered ones, or hashes of the text.
import { Client, fetchExchange } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import { told } from './recording.mjs'

export function open({ url, headers, fetch }) {
  return async ({ how, text, variables, id, isGet }) => {
    const preferGetMethod = isGet ? 'force' : false
    const exchanges = {
      free: [],
      registered: [persistedExchange({
        enableForMutation: true, enforcePersistedQueries: true, generateHash: async () => id, preferGetForPersistedQueries: preferGetMethod,
      })],
      automatic: [persistedExchange({ preferGetForPersistedQueries: preferGetMethod })],
    }
    const client = new Client({
      url, fetch, fetchOptions: { headers }, preferGetMethod, exchanges: [...exchanges[how], fetchExchange],
    })
    const ask = /^\s*mutation/.test(text) ? client.mutation : client.query
    const { data, error } = await ask.call(client, text, variables).toPromise()
    if (!error) return { data }
    return error.networkError ? { failure: String(error) } : { errors: told(error.graphQLErrors) }
  }
}
