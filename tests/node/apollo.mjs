// Apollo Client, as its documentation sets it up: HttpLink, and PersistedQueryLink in front of it where ids are sent.
import { createHash } from 'node:crypto'
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { CombinedGraphQLErrors } from '@apollo/client/errors'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { told } from './recording.mjs'

export function open({ url, headers, fetch }) {
  const http = (useGETForQueries) => new HttpLink({ uri: url, headers, fetch, useGETForQueries })
  const sha256 = (text) => createHash('sha256').update(text).digest('hex')
  const links = {
    free: ({ isGet }) => http(isGet),
    registered: ({ id, isGet }) => new PersistedQueryLink({ generateHash: () => id, useGETForHashedQueries: isGet }).concat(http(false)),
    automatic: ({ isGet }) => new PersistedQueryLink({ sha256, useGETForHashedQueries: isGet }).concat(http(false)),
  }
  return async (step) => {
    const client = new ApolloClient({ link: links[step.how](step), cache: new InMemoryCache() })
    const { text, variables } = step
    const asked = { variables, fetchPolicy: 'no-cache' }
    try {
      const isMutation = /^\s*mutation/.test(text)
      const { data } = isMutation ? await client.mutate({ mutation: gql(text), ...asked }) : await client.query({ query: gql(text), ...asked })
      return { data }
    } catch (error) {
      return CombinedGraphQLErrors.is(error) ? { errors: told(error.errors) } : { failure: String(error) }
    }
  }
}
