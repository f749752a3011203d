import { fail, ok, type Check } from '../model.ts'

export const SECRET_CHANGED =
  'PAYLOAD_SECRET is not the one that this database was filled with: links in mails sent before do not work, also those for leaving, and addresses that were erased or suppressed are not recognised by imports and forms.'

export const SECRET_REMEDY =
  'Set PAYLOAD_SECRET to what it was. If that is lost for good: npm run cli -- accept-secret.'

export const checkSecret = ({ isChanged }: { isChanged: boolean }): Check =>
  isChanged
    ? fail({ name: 'secret', message: SECRET_CHANGED, remedy: SECRET_REMEDY })
    : ok({ name: 'secret', message: 'PAYLOAD_SECRET is the one that this database knows.' })
