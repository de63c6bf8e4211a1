"""The GraphQL schema: types that name their resolvers. Nothing in app/ or resolvers/ imports it."""
