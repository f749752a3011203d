import type { DateField } from 'payload'

/** How every moment in the admin is picked and shown: as the rest of it, with 24 hours, in both languages. */
export const dayAndTime = {
  pickerAppearance: 'dayAndTime',
  displayFormat: 'yyyy-MM-dd HH:mm',
  timeFormat: 'HH:mm',
} as const satisfies NonNullable<DateField['admin']>['date']
