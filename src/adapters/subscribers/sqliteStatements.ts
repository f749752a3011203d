export const TOPICS = `
  SELECT id, slug, (SELECT json_group_array(name) FROM topics_locales WHERE _parent_id = topics.id) AS names
  FROM topics`

/** Nobody has asked to take the import back. */
const IS_OPEN = `(:run IS NULL
    OR EXISTS (SELECT 1 FROM imports WHERE id = CAST(:run AS INTEGER) AND undo_asked_at IS NULL))`

/** In one statement with the checks: nobody is suppressed or erased, and no import taken back, between the two. */
export const INSERT_PEOPLE = `
  INSERT INTO subscribers (email, name, locale, status, consent_source, consent_at, unsubscribed_at, paused_until,
                           asked_at, link_key, import_ref, updated_at, created_at)
  SELECT value ->> 'email', value ->> 'name', value ->> 'locale', value ->> 'status', value ->> 'consentSource',
         value ->> 'consentAt', value ->> 'unsubscribedAt', value ->> 'pausedUntil', value ->> 'askedAt',
         lower(hex(randomblob(12))), :run, :createdAt, :createdAt
  FROM json_each(:people)
  WHERE NOT EXISTS (SELECT 1 FROM suppressions WHERE address_hash = value ->> 'hash' AND lifted_at IS NULL)
    AND ${IS_OPEN}
  ON CONFLICT (email) DO NOTHING
  RETURNING email`

/**
 * Only for those whom the statement before has added. CROSS JOIN keeps SQLite to this order: left to itself it goes
 * through everybody with this time of creation, which is the whole import so far.
 */
export const INSERT_TOPICS = `
  INSERT INTO subscribers_rels ("order", parent_id, path, topics_id)
  SELECT topic.key + 1, subscribers.id, 'topics', CAST(topic.value AS INTEGER)
  FROM json_each(:people) AS person
  CROSS JOIN subscribers ON subscribers.email = person.value ->> 'email'
  CROSS JOIN json_each(person.value, '$.topicIds') AS topic
  WHERE subscribers.id > :lastBefore AND subscribers.created_at = :createdAt
  ORDER BY subscribers.id, topic.key`

/** For whoever has no record and stands there as the file says: the new ones, and those of an import that was cut off. */
export const INSERT_CONSENTS = `
  INSERT INTO consents (subscriber_id, kind, at, text, locale, source, by_id, by_name, agreed_at, import_ref, key)
  SELECT subscribers.id, kind.value, subscribers.created_at,
         iif(kind.value = 'imported', person.value ->> 'consentText', NULL), subscribers.locale, person.value ->> 'recordSource', :by,
         :byName, nullif(subscribers.consent_at, subscribers.created_at), :run,
         'import:' || kind.value || ':' || subscribers.id
  FROM json_each(:people) AS person
  CROSS JOIN subscribers ON subscribers.email = person.value ->> 'email'
  CROSS JOIN json_each(person.value, '$.consentKinds') AS kind
  WHERE subscribers.status = person.value ->> 'status'
    AND subscribers.consent_source IS person.value ->> 'consentSource'
    AND NOT EXISTS (SELECT 1 FROM consents WHERE consents.subscriber_id = subscribers.id)
    AND ${IS_OPEN}
  ORDER BY person.key, kind.key`

/** One that was lifted before holds again; one that holds stays as it is. */
export const INSERT_SUPPRESSIONS = `
  INSERT INTO suppressions (address_hash, email, reason, suppressed_at, import_ref, status_before)
  SELECT person.value ->> 'hash', subscribers.email, person.value ->> 'suppression', :createdAt, :run,
         iif(subscribers.consent_source IS NULL, 'unsubscribed', 'active')
  FROM json_each(:people) AS person
  CROSS JOIN subscribers ON subscribers.email = person.value ->> 'email'
  WHERE person.value ->> 'suppression' IS NOT NULL AND subscribers.status = 'suppressed'
    AND ${IS_OPEN}
  ON CONFLICT (address_hash) DO UPDATE
  SET email = excluded.email, reason = excluded.reason, suppressed_at = excluded.suppressed_at,
      import_ref = excluded.import_ref, import_was = json_object(
        'email', suppressions.email, 'reason', suppressions.reason, 'detail', suppressions.detail,
        'suppressedAt', suppressions.suppressed_at, 'statusBefore', suppressions.status_before,
        'madeBy', suppressions.made_by, 'liftedAt', suppressions.lifted_at,
        'toTellProvider', suppressions.to_tell_provider),
      status_before = excluded.status_before, detail = NULL, made_by = NULL, to_tell_provider = NULL, lifted_at = NULL
  WHERE suppressions.lifted_at IS NOT NULL`

export const STANDING = `
  SELECT person.value ->> 'email' AS email, subscribers.created_at, suppressions.reason
  FROM json_each(:people) AS person
  LEFT JOIN subscribers ON subscribers.email = person.value ->> 'email'
  LEFT JOIN suppressions ON suppressions.address_hash = person.value ->> 'hash' AND suppressions.lifted_at IS NULL
  WHERE subscribers.id IS NOT NULL OR suppressions.id IS NOT NULL`

/** A page of everybody, or of one status, after an address; the unary plus keeps SQLite to the index of addresses. */
export const ALL = `
  SELECT email, name, locale, status, consent_source, consent_at, unsubscribed_at, paused_until, asked_at,
         (SELECT json_group_array(slug) FROM (
            SELECT topics.slug FROM subscribers_rels AS rel JOIN topics ON topics.id = rel.topics_id
            WHERE rel.parent_id = subscribers.id AND rel.path = 'topics' ORDER BY rel."order"
          )) AS topics
  FROM subscribers
  WHERE email > :after AND (:status IS NULL OR +status = :status)
  ORDER BY email
  LIMIT :limit`
