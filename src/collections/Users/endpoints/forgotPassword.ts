import { addDataAndFileToRequest, type Endpoint, type Config, type PayloadRequest } from 'payload'
import { askForReset } from '../../../accounts/askForReset.ts'

/** `POST /api/users/forgot-password` {email} -> 200 {message} for every address, in place of Payload's own. 400, 429. */
export const forgotPasswordEndpoint: Endpoint = {
  path: '/forgot-password',
  method: 'post',
  handler: async (req) => {
    await addDataAndFileToRequest(req)
    await askForReset(req, { email: req.data?.email })
    return Response.json({ message: req.t('general:success') })
  },
}

type Mutations = NonNullable<NonNullable<Config['graphQL']>['mutations']>

/**
 * The same over GraphQL: `forgotPasswordUser(email) -> true`. Only staff get as far: every mutation needs a login. It stands
 * in place of Payload's own, which knows no limits and tells known addresses by its time.
 */
export const forgotPasswordMutation: Mutations = ({ GraphQLBoolean, GraphQLNonNull, GraphQLString }) => ({
  forgotPasswordUser: {
    type: new GraphQLNonNull(GraphQLBoolean),
    args: { email: { type: new GraphQLNonNull(GraphQLString) } },
    resolve: async (_: unknown, { email }: { email: string }, { req }: { req: PayloadRequest }) => {
      await askForReset(req, { email })
      return true
    },
  },
})
