/**
 * Why the product refuses a request of staff or of a script: `errors[0].code` of the answer. Stable, for scripts. A new
 * refusal takes a new code here, and with it a case in tests/server/refusals.test.ts, which asks the build for each of them
 * in both languages.
 */
export const REFUSAL_CODES = [
  // who asks
  'login_needed',
  'editors_only',
  'admins_only',
  'authors_write_drafts',
  'article_is_published',
  'lock_not_yours',
  // what is asked for
  'not_there',
  'no_route',
  'wrong_method',
  'query_invalid',
  'parameter_invalid',
  'body_invalid',
  'not_acceptable',
  'nothing_to_confirm',
  // articles, topics, pictures
  'date_to_come',
  'visibility_without_mail',
  'is_public',
  'edition_unfinished',
  'not_mailed',
  'article_hidden',
  'no_recipients',
  'slug_taken',
  'slug_taken_now',
  'relation_gone',
  'wrong_type',
  'status_unknown',
  'link_unsafe',
  'article_mailed',
  'topic_is_audience',
  'unknown_type',
  'too_many_pixels',
  'unreadable',
  'mailed',
  'one_at_a_time',
  'no_reason',
  'no_file',
  // two who save one document
  'save_stale',
  'save_waits',
  'base_invalid',
  // campaigns and mails
  'campaign_state',
  'mail_state',
  'address_suppressed',
  'mail_expired',
  'site_incomplete',
  'newsletter_stopped',
  'already_mailed',
  'too_many_tests',
  // plans
  'time_not_plannable',
  'plan_exists',
  'plan_state',
  // reviews
  'not_your_article',
  'review_state',
  // subscribers
  'status_not_yours',
  'suppressed_elsewhere',
  'consent_needed',
  'suppressed',
  'owner_left',
  'lifted_already',
  'not_waiting',
  'not_active',
  'bulk_edit_limited',
  'undo_too_late',
  'file_empty',
  'file_too_large',
  // accounts
  'user_exists',
  'too_often',
  'address_missing',
  'password_no_text',
  'password_short',
  'password_long',
  'password_common',
  'current_password_missing',
  'current_password_wrong',
  'setup_code_missing',
  'setup_code_wrong',
  // the machine
  'disk_full',
  'took_too_long',
  'too_many_wait',
] as const

export type RefusalCode = (typeof REFUSAL_CODES)[number]
