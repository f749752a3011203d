import { TextField } from '@payloadcms/ui'
import type { TextFieldServerComponent } from 'payload'
import { needsSetupCode } from '../../accounts/needsSetupCode.ts'
import { accountText } from '../../accounts/text.ts'

/** On the page that registers the first user: nobody is logged in there, and whoever is not at this machine is asked. */
export const SetupCodeField: TextFieldServerComponent = ({ req, path }) => {
  if (req.user || !needsSetupCode(req)) return null
  const { fields, about } = accountText(req)
  return (
    <TextField
      field={{
        name: 'setupCode',
        label: fields.setupCode,
        required: true,
        admin: { description: about.setupCode },
      }}
      path={path}
    />
  )
}
