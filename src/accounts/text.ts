import type { PayloadRequest } from 'payload'
import { languageOf } from '../refusals/refusal.ts'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, type PasswordProblem } from './passwordRule.ts'

export type AccountField = 'email' | 'password' | 'currentPassword' | 'setupCode'

export interface AccountText {
  fields: Record<AccountField, string>
  about: { setupCode: string; currentPassword: string }
  password: Record<PasswordProblem | 'text', string>
  /** Without one. */
  address: string
  setupCode: { missing: string; wrong: string; exists: string }
  currentPassword: { missing: string; wrong: string }
  tooOften: (minutes: number) => string
}

/** In the language of the request. */
export const accountText = ({ i18n }: Pick<PayloadRequest, 'i18n'>): AccountText =>
  languageOf({ i18n }) === 'sv' ? sv : en

export const sv: AccountText = {
  fields: {
    email: 'E-postadress',
    password: 'Lösenord',
    currentPassword: 'Ditt nuvarande lösenord',
    setupCode: 'Kod för första inloggningen',
  },
  about: {
    setupCode:
      'Servern skriver den i sin utskrift varje gång den startar, eller så har du själv satt SETUP_CODE.',
    currentPassword: 'Behövs för att byta lösenord eller e-postadress, ditt eget eller någon annans.',
  },
  password: {
    text: 'Lösenordet måste vara text.',
    short: `Lösenordet är för kort. Välj ett med minst ${MIN_PASSWORD_LENGTH} tecken, till exempel en egen mening.`,
    long: `Lösenordet är för långt. Välj ett med högst ${MAX_PASSWORD_LENGTH} tecken.`,
    common: 'Lösenordet är ett av de vanliga och går att gissa. Välj ett annat, till exempel en egen mening.',
  },
  address: 'Ange din e-postadress.',
  setupCode: {
    missing:
      'Ange koden för första inloggningen. Servern skriver den i sin utskrift varje gång den startar, eller så står den i SETUP_CODE. Du kan också köra npm run cli -- create-user på servern.',
    wrong:
      'Koden stämmer inte. Servern skriver den i sin utskrift varje gång den startar, eller så står den i SETUP_CODE. Du kan också köra npm run cli -- create-user på servern.',
    exists: 'Det finns redan en användare. Logga in, eller be en administratör om ett konto.',
  },
  currentPassword: {
    missing: 'Ange ditt nuvarande lösenord för att byta lösenord eller e-postadress.',
    wrong: 'Det är inte ditt nuvarande lösenord. Försök igen, eller logga ut och välj ”Glömt lösenordet?”.',
  },
  tooOften: (minutes) =>
    `För många försök. Vänta ${minutes === 1 ? 'en minut' : `${minutes} minuter`} och försök igen.`,
}

export const en: AccountText = {
  fields: {
    email: 'Email',
    password: 'Password',
    currentPassword: 'Your current password',
    setupCode: 'Setup code',
  },
  about: {
    setupCode: 'The server prints it each time it starts, or you set it yourself as SETUP_CODE.',
    currentPassword: 'Needed to change a password or an email address, your own or somebody else’s.',
  },
  password: {
    text: 'The password must be text.',
    short: `The password is too short. Choose one with at least ${MIN_PASSWORD_LENGTH} characters, such as a sentence of your own.`,
    long: `The password is too long. Choose one with at most ${MAX_PASSWORD_LENGTH} characters.`,
    common:
      'The password is a common one and can be guessed. Choose another, such as a sentence of your own.',
  },
  address: 'Enter your email address.',
  setupCode: {
    missing:
      'Enter the setup code. The server prints it each time it starts, or it stands in SETUP_CODE. You can also run npm run cli -- create-user on the server.',
    wrong:
      'The setup code is not right. The server prints it each time it starts, or it stands in SETUP_CODE. You can also run npm run cli -- create-user on the server.',
    exists: 'There is a user already. Log in, or ask an admin for an account.',
  },
  currentPassword: {
    missing: 'Enter your current password to change a password or an email address.',
    wrong: 'That is not your current password. Try again, or log out and choose “Forgot password?”.',
  },
  tooOften: (minutes) =>
    `Too many attempts. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`,
}
