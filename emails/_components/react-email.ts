/**
 * The only importer of these packages. Each part by itself: all of them together (`@react-email/components`) load a
 * highlighter of code for 300 languages, which a worker starts a tenth slower with.
 */
export { Body } from '@react-email/body'
export { Column } from '@react-email/column'
export { Head } from '@react-email/head'
export { Html } from '@react-email/html'
export { Row } from '@react-email/row'
