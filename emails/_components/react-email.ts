/** The only importer of this package: its parts move to `react-email` one day, which is then one line here. */
export { Body, Column, Head, Html, Row } from '@react-email/components'
