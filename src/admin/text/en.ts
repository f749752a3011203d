import type { AdminText } from './adminText.ts'

const people = (count: number, shown: string) => (count === 1 ? '1 subscriber' : `${shown} subscribers`)

const movedInEnglish = ({ joined, left }: { joined: number; left: number }) =>
  `${joined.toLocaleString('en-GB')} joined and ${left.toLocaleString('en-GB')} left`

export const en: AdminText = {
  language: 'en-GB',
  campaign: {
    states: {
      holding: 'The article is on the site. The mail waits, so that you can undo it.',
      undone: 'Undone in time: nobody was mailed. The article can be published and mailed again.',
      scheduled: 'Waiting for a worker to start it. With a worker running that takes seconds.',
      preparing: 'The recipients are being written down and the mail is being made.',
      canary: 'The mails are first submitted to a small part of the recipients, the canary.',
      watched: 'The canary is submitted. The rest waits for what the provider tells of it.',
      submitting: 'The mails are being submitted, batch by batch.',
      waiting: 'The mails are being submitted; it goes on by itself as soon as it can:',
      remailing: 'Those who are mailed once more get their mail now.',
      paused: 'Nothing more is submitted until somebody resumes it.',
      undecided: 'Everybody else is done. What becomes of the uncertain ones is for an editor to decide.',
      submitted: 'Done: every recipient has an outcome. Submitted means that the provider accepted the mail.',
      cancelled: 'Cancelled for good. Nothing more is submitted, and this article is not mailed again.',
      failed: 'It did not start, and nobody has been mailed. Mend what is wrong, then retry:',
    },
    undone: 'Undone',
    undoneLater: 'Undone in time: nobody was mailed. You can send to more people again.',
    hold: {
      goesOut: (title) => `“${title}” goes to the subscribers in`,
      left: (seconds) => (seconds === 1 ? '1 second' : `${seconds} seconds`),
      now: (title) => `“${title}” is next to be sent.`,
      untitled: 'An article without a title',
      others: (count) =>
        count === 1 ? 'One more mailing can be undone' : `${count} more mailings can be undone`,
      visible: (seconds) =>
        seconds === 1
          ? 'The article was on the site for 1 second.'
          : `The article was on the site for ${seconds} seconds.`,
    },
    canary: {
      mails: (count, shown) => (count === 1 ? 'The canary is 1 mail.' : `The canary is ${shown} mails.`),
      until: 'Unless something speaks against it, the rest follows',
      sendRest: 'Mail the rest now',
    },
    stalled: {
      since: 'The campaign has not moved since',
      lastError: 'The last error:',
      noError: 'No error is recorded. See that a worker is running, and read its log.',
    },
    progress: (settled, recipients) => `${settled} of ${recipients} settled`,
    counts: {
      recipients: 'Recipients',
      pending: 'Waiting',
      submitted: 'Submitted',
      rejected: 'Rejected',
      excluded: 'Excluded',
      uncertain: 'Uncertain',
      delivered: 'Delivered',
      bounced: 'Bounced',
      complained: 'Reported as spam',
    },
    started: 'Started',
    finished: 'Finished',
    noEvents: 'No events received from the provider about what was delivered.',
    silence: {
      heading: 'No events were received from the provider.',
      remedy:
        'So nobody knows which mails were delivered, bounced or reported. Add a webhook at Resend, for all e-mail events, to the address',
      secret: 'Then set RESEND_WEBHOOK_SECRET on the server to the signing secret of that webhook.',
    },
    postponed: (count, shown) =>
      count === 1
        ? 'The server of one of those who wait asks us to come later. It is tried again for a day, next'
        : `The servers of ${shown} of those who wait ask us to come later. They are tried again for a day, next`,
    aboutUncertain:
      'Uncertain: nobody can know whether the provider took these. They are not repeated by themselves: that could mail somebody twice.',
    aboutRejected:
      'Rejected: the provider did not take these mails. Correct the addresses and retry, where that is possible.',
    controls: {
      undo: 'Undo',
      'send-now': 'Send now',
      pause: 'Pause',
      resume: 'Resume',
      cancel: 'Cancel for good…',
      retry: 'Retry',
      'mail-again': 'Mail the uncertain ones again…',
      leave: 'Leave them',
    },
    retryRejected: 'Retry the rejected ones',
    done: {
      undo: 'Undone. Nobody was mailed.',
      'send-now': 'Being sent',
      pause: 'Paused',
      resume: 'Resumed',
      cancel: 'Cancelled',
      retry: 'Started again',
      'mail-again': 'Being mailed again',
      leave: 'Left as they are',
    },
    confirm: {
      cancel: {
        title: 'Cancel this mailing for good?',
        body: (count, shown) =>
          [
            count > 0 && `Nobody more is mailed: ${people(count, shown)} would still have been.`,
            'What has been submitted cannot be taken back, and the article cannot be mailed again.',
          ]
            .filter(Boolean)
            .join(' '),
        yes: 'Cancel for good',
        no: 'Keep it',
      },
      'mail-again': {
        title: 'Mail them once more?',
        body: (count, shown) =>
          count === 1
            ? 'It goes to 1 subscriber. Nobody can know whether the mail arrived there already: then it comes twice.'
            : `It goes to ${shown} subscribers. Nobody can know which of them have it already: up to ${shown} may get it twice.`,
        yes: 'Mail again',
        no: 'Do not mail',
      },
    },
    decide: {
      heading: 'What should become of the uncertain ones?',
      mailAgain: (count, shown) =>
        count === 1
          ? 'The recipient is mailed again, and may get it twice.'
          : `All ${shown} are mailed again. Some of them may get it twice.`,
      leave:
        'Nobody is mailed again. They stay uncertain in the receipt, and the campaign finishes. They can still be mailed later.',
    },
    decision: {
      heading: 'Decision on the uncertain ones:',
      kinds: { mail_again: 'mail again', leave: 'leave them' },
    },
    sentMail: {
      heading: 'The mail as it went out',
      language: 'Language',
      languages: { sv: 'Swedish', en: 'English' },
      failed: 'The mail cannot be shown at the moment.',
    },
    receipt: {
      heading: 'Receipt',
      about: 'What became of each recipient’s mail, when, and under which id at the provider.',
      csv: 'Download CSV',
      json: 'Download JSON',
      deliveries: 'Show the recipients',
    },
    followed:
      'Its article was mailed once more since, perhaps to the same people. So nobody can be mailed again in this campaign.',
    moves: {
      heading: 'What happened',
      all: (count) => `Show all ${count}`,
      by: (name) => `By ${name}`,
      worker: 'By the worker',
      heldUntil: 'Can be undone until',
      passed: (checks) => `Checks that were passed: ${checks}`,
      what: {
        publish: 'The article was published',
        'follow-up': 'The mailing was asked for',
        withdraw: 'The article was published without a newsletter',
        override: 'Mailed in spite of a stop',
        undo: 'Undone',
        'send-now': 'The hold was cut short: sent now',
        pause: 'Paused',
        resume: 'Resumed',
        cancel: 'Cancelled for good',
        retry: 'Another try was asked for',
        'mail-again': 'The uncertain are mailed again',
        leave: 'The uncertain are left as they are',
        holdEnded: 'The hold ended',
        preparing: 'Its preparation began',
        opened: 'The audience was fixed',
        canary: 'The recipients were written down, and a small part of them gets it first',
        restNow: 'The wait was ended: the rest is sent now',
        goesOn: 'Went on by itself',
        stopped: 'Paused by itself',
        failed: 'Failed',
        finished: 'Finished',
        closed: 'The cancelled mailing was closed',
        laterEdition: 'Another mailing of the article was asked for',
      },
    },
    find: {
      heading: 'Find recipients',
      search: 'Beginning of an address or a name',
      fate: 'What became of it',
      anyFate: 'Anything',
      fates: {
        pending: 'Pending',
        submitted: 'Submitted',
        delivered: 'Delivered',
        delayed: 'Delayed',
        bounced: 'Bounced',
        complained: 'Marked as spam',
        failed: 'Failed at the provider',
        rejected: 'Rejected',
        excluded: 'Excluded',
        uncertain: 'Uncertain',
      },
      searching: (looked) => (looked === '0' ? 'Searching…' : `Searching… ${looked} looked through`),
      found: (count, shown) =>
        count === 0 ? 'Nobody was found.' : count === 1 ? '1 recipient.' : `${shown} recipients.`,
      foundSoFar: (count, looked) => `${count} so far, of ${looked} looked through.`,
      more: 'Show more',
      failed: 'The search could not be made. Try again in a while.',
      erased: 'Erased',
      delayed: (time) => `Delayed ${time}`,
    },
    unreachable: 'The server does not answer; shown is what was last known.',
    conflict: 'That is no longer possible: the campaign has moved on.',
    problems: {},
  },
  saving: {
    publish: 'Your changes are being saved. Then they are published.',
    save: 'Your changes are being saved.',
    alsoHere: (name) => `${name} has this page open too`,
    youElsewhere: 'You have it open in another window too',
    stale: (name, time) => `${name} has saved a newer version (${time}).`,
    staleOwn: (time) => `You have saved a newer version yourself, in another window (${time}).`,
    somebody: 'Somebody else',
    kept: 'What you have written is still here, but it is not saved.',
    showNewer: 'Show the newer version in a new tab',
    saveOver: 'Save my text instead',
    notNow: 'Not now',
    failed: 'What you have written is not saved.',
    unreachable: 'The server does not answer.',
    repeated: 'It is tried again by itself in some seconds.',
    tryAgain: 'The text is still here: try again.',
    recovered: 'Everything is saved now.',
    leave: 'What you have written is not saved. Do you want to leave the page all the same?',
    loggedOut: 'You are logged out',
    logInAgain: 'What you have written is still on the page. Log in again, and it is saved.',
    email: 'E-mail address',
    password: 'Password',
    logIn: 'Log in and save',
  },
  publish: {
    toSite: 'Publish on the site',
    updateSite: 'Update the site',
    mailingGoesOn: 'Publish and go on mailing',
    updateBoth: 'Update the site and the mail',
    andMail: (recipients) => `Publish and send to ${recipients}`,
    mail: 'Publish and send',
    mailOnly: {
      toSite: 'Publish',
      updateSite: 'Update the web version of the mail',
      mailingGoesOn: 'Go on mailing',
      updateBoth: 'Update the mail',
      andMail: (recipients) => `Send to ${recipients}`,
      mail: 'Send',
    },
    open: 'Publish…',
    sheet: {
      heading: 'Publish the article',
      where: 'Where is it published?',
      channels: {
        site: 'On the site only',
        site_and_mail: 'On the site and as a newsletter',
        mail: 'As a newsletter only',
      },
      mailOnly:
        'The article is not on the site. Those who get the mail can read it on a page of its own, which nobody else finds.',
      whereNow: 'Who can read it?',
      channelsNow: { mail: 'Those who got the mail', site: 'Everybody: show it on the site' },
      to: 'Send to those who follow',
      everybody: 'Nothing chosen: the newsletter goes to all active subscribers.',
      leftOut: 'These get no mail',
      nobody: 'Everybody who subscribes gets it.',
      reasons: {
        otherTopics: (count, shown) => `${shown} ${count === 1 ? 'follows' : 'follow'} other topics only`,
        paused: (count, shown) => `${shown} ${count === 1 ? 'is' : 'are'} taking a break`,
        pending: (count, shown) => `${shown} ${count === 1 ? 'has' : 'have'} not confirmed the subscription`,
        unsubscribed: (count, shown) => `${shown} ${count === 1 ? 'has' : 'have'} unsubscribed`,
        suppressed: (count, shown) => `${shown} ${count === 1 ? 'has' : 'have'} a suppressed address`,
      },
      keepOld: (count, shown) =>
        `${people(count, shown)} got this article as a newsletter. They keep the earlier text and get no new mail.`,
      mailingIsUnderWay:
        'The article has its campaign, and gets no other. The text is updated on the site only.',
      mailingWaits:
        'The article’s campaign waits. When you publish, it goes on with the text that is saved now.',
      laterBegins:
        'The article is on its way to more people, and none of them has got it yet. They get the text that you publish now.',
      mailingBegins: 'Nobody was mailed yet. The mail gets the text that you publish now.',
      withdrawn: 'Nobody was mailed yet. When you publish without a newsletter, the campaign is taken back.',
      planned: 'The article is planned already, and its plan is cancelled if you publish now.',
      oneLanguage: { sv: 'The Swedish text alone', en: 'The English text alone' },
      when: 'When?',
      now: 'Now',
      later: 'At a time',
      atTime: (what, time) => `${what} on ${time}`,
      moreTopics: 'More topics are in the Newsletter tab.',
      blocked: 'The newsletter cannot be sent until the stops above are mended.',
      siteOnly: 'Publish on the site only',
      notNow: 'Not now',
    },
  },
  desk: {
    heading: 'Desk',
    more: (count) => `${count} more`,
    newArticle: 'New article',
    setup: {
      heading: 'Get started',
      about: 'This is needed before the first newsletter can go out. The steps tick themselves.',
      next: 'Next step',
      done: 'done',
      asking: 'Asking the name servers …',
      steps: {
        sender: { name: 'Sender', hint: 'The name and the address that the mail comes from.' },
        postalAddress: {
          name: 'Postal address',
          hint: 'Stands at the end of each mail. The law asks for it.',
        },
        provider: {
          name: 'Mail provider',
          hint: 'For now no mail leaves this computer. Whoever runs the server sets Resend or SMTP (MAILER).',
        },
        domain: {
          name: 'The domain',
          hint: 'SPF, DKIM and DMARC say that the provider may send for you. Without them the mails end as spam.',
        },
        webhook: {
          name: 'Events of the provider',
          hint: 'Without them nobody sees what arrived. Send a test mail when the webhook is set up.',
        },
        logo: { name: 'Logo', hint: 'Shown at the top of the site and of the mail.' },
        author: { name: 'Author', hint: 'Who the articles are written by.' },
        subscribers: {
          name: 'Subscribers',
          hint: 'Import a file, paste addresses, or let readers join by themselves.',
        },
        testMail: { name: 'Test mail', hint: 'Send one to yourself from the Newsletter tab of an article.' },
      },
      domainUnknown: 'The name servers do not answer just now.',
    },
    underWay: {
      heading: 'Under way',
      rate: (perMinute) => `${perMinute} mails a minute`,
      left: (minutes) => (minutes <= 1 ? 'done within a minute' : `done in about ${minutes} minutes`),
    },
    waits: {
      heading: 'Waits for you',
      nothing: 'Nothing waits for you.',
      unanswered: (count, shown) =>
        count === 1 ? '1 message is not answered' : `${shown} messages are not answered`,
      untitled: 'Untitled',
    },
    planned: { heading: 'Planned', nothing: 'Nothing is planned.' },
    drafts: { heading: 'Write on', nothing: 'No drafts.', untitled: 'Untitled' },
    last: {
      heading: 'Last newsletter',
      none: 'No newsletter has gone out yet.',
      figures: {
        submitted: 'Submitted',
        delivered: 'Delivered',
        bounced: 'Bounced',
        complained: 'Reported as spam',
      },
      mean: (share, of) => (of === 1 ? `the one before: ${share}` : `mean of the ${of} before: ${share}`),
      noEvents: {
        outbox: 'No mail has left this computer.',
        smtp: 'With SMTP nobody tells what arrived.',
        resend: 'The provider has not told what arrived.',
      },
    },
    subscribers: {
      heading: 'Subscribers',
      importMore: 'Import subscribers',
      active: (count, shown) => (count === 1 ? '1 active subscriber' : `${shown} active subscribers`),
      moved: (moved) => `In the last 30 days ${movedInEnglish(moved)}.`,
      joined: 'Joined',
      left: 'Left',
      day: 'Day',
      topic: 'Topic',
      asTable: 'Show as a table',
      byTopic: 'By topic',
      tooManyByTopic: 'So many joined or left that they are not told apart by topic here.',
      chart: (moved) => `Bar chart of the last 30 days: ${movedInEnglish(moved)}.`,
    },
  },
  reviews: {
    states: {
      handed_in: (name) => `${name} has handed the article in for review.`,
      returned: (name) => `${name} has given the article back.`,
    },
    somebody: 'Somebody',
    forms: {
      'hand-in': {
        note: 'A word to the editor (optional)',
        send: 'Hand in for review',
        done: 'The article is handed in. The editors get a mail.',
      },
      'give-back': {
        note: 'What has to change?',
        send: 'Give back',
        done: 'The article is back with its author, who gets a mail.',
      },
    },
    unreachable: 'That did not work just now. Try again in a moment.',
    toReview: (title) => `To review: ${title}`,
    untitled: 'an article without a title',
  },
  testLetters: {
    heading: 'Try the automatic mails',
    about: 'The mail is as its reader gets it, with the settings that are saved. Its links do nothing.',
    kind: 'Mail',
    newPassword: 'New password',
    language: 'Language',
    languages: { sv: 'Swedish', en: 'English' },
    send: 'Send to me',
  },
  plans: {
    planned: 'The article is planned.',
    unpublishLater: 'Unpublish at a time',
    unpublishAt: (time) => `Unpublish ${time}`.trim(),
    heading: 'Planned',
    line: ({ what, status, time }) => {
      const [will, should, did] = {
        site: ['Goes on the site', 'Should have gone on the site', 'Went on the site'],
        site_and_mail: [
          'Goes on the site and out as a newsletter',
          'Should have gone on the site and out as a newsletter',
          'Went on the site and out as a newsletter',
        ],
        mail: [
          'Goes out as a newsletter',
          'Should have gone out as a newsletter',
          'Went out as a newsletter',
        ],
        unpublish: ['Is taken off the site', 'Should have been taken off the site', 'Was taken off the site'],
      }[what]
      if (status === 'cancelled') return `Cancelled. ${should} on ${time}.`
      if (status === 'done') return `${did}, as planned for ${time}.`
      return `${status === 'waiting' || status === 'running' ? will : should} on ${time}.`
    },
    untilThen:
      'It can be moved and cancelled until then. The mail goes to those who subscribe when it is sent.',
    recipients: (count, shown) =>
      count === 0 ? 'Nobody would get it now.' : `${people(count, shown)} would get it now.`,
    newerText: 'The article has a newer text. The one that was planned is the one that is published.',
    useNewest: 'Use this text',
    move: 'Move',
    moveTo: (time) => `Move to ${time}`,
    cancel: 'Cancel the plan',
    done: { PATCH: 'The plan is changed.', DELETE: 'The plan is cancelled.' },
    unreachable: 'That did not work just now. Try again in a moment.',
    problem: (_, message) => message,
    time: {
      own: 'Another time',
      zone: (timeZone) => `By the clock of the site (${timeZone}).`,
      faults: {
        past: 'That time has passed.',
        too_far: 'That is more than five years away.',
      },
      shifts: {
        gap: (time) => `The clocks change, and skip that time. It becomes ${time}.`,
        overlap: (time) => `The clocks change, and that time comes twice. It is the first, ${time}.`,
      },
    },
  },
  override: {
    summary: 'Send in spite of the stops',
    about: 'Only an admin can do this. Who, when and why is kept in the campaign.',
    reason: 'Reason',
    send: 'Send anyway',
    failed: 'That did not work just now. Try again in a moment.',
    heading: 'Mailed in spite of a stop:',
  },
  canarySetting: {
    noEvents:
      'The mailer of this server does not tell what becomes of the mails, so there is nothing to wait for: mailings go to everybody at once. It works with Resend.',
    noSecret:
      'Resend tells nothing here until the secret of its webhook is set as RESEND_WEBHOOK_SECRET on the server: until then mailings go to everybody at once.',
  },
  followUp: {
    heading: 'Send to more people',
    editions: 'Mailings of the article',
    names: {
      everybody: 'First mailing',
      joined_since: 'To those who joined since',
      missed: 'To those who missed it',
      correction: 'Correction',
      topic: 'To another topic',
    },
    unfinished: 'A mailing of the article is under way. When it is over, you can send to more people.',
    to: 'Who gets the article?',
    audiences: {
      joined_since: 'Those who have subscribed since',
      missed: 'Those who subscribed then, and did not get it',
      topic: 'Those who follow another topic',
      correction: 'Those who got it: send a correction',
    },
    topic: 'Topic',
    chooseTopic: 'Choose a topic',
    send: (count, shown) => (count === 1 ? 'Send to 1 person' : `Send to ${shown} people`),
    nobody: 'Nobody is left: whoever it is for has got the article, or does not subscribe any more.',
    tooOld:
      'The mailing is so old that it is not known any more who got it. Some would get the article twice.',
    failed: 'That did not work just now. Try again in a while.',
    changes: {
      none: 'The article is the same as the mail that went out. Correct and publish it first.',
      of: { sv: 'Changed in the Swedish text', en: 'Changed in the English text' },
    },
  },
  preflight: {
    heading: 'Check before sending',
    run: 'Check the mail',
    running: 'Checking …',
    failed: 'The check could not be made. Try again in a moment.',
    ranAt: 'Checked',
    changed: 'The article has changed since: check again.',
    stops: (count) => (count === 1 ? '1 thing must be mended.' : `${count} things must be mended.`),
    warnings: (count) => (count === 1 ? '1 thing to look at.' : `${count} things to look at.`),
    nothing: 'Nothing was found that stands in the way.',
    fine: (count) => (count === 1 ? '1 check with no remark' : `${count} checks with no remark`),
    levels: { stop: 'Stop:', warning: 'Look at:', not_run: 'Not checked:', ok: '' },
    places: {
      text: 'Mend it in the Text tab.',
      newsletter: 'Mend it in the Newsletter tab.',
      site: 'Open Site',
      images: 'Mend it under Images.',
      server: 'Whoever runs the server mends it.',
    },
  },
  languages: {
    heading: 'Languages of the text',
    names: { sv: 'Swedish', en: 'English' },
    states: { ready: 'ready', noTitle: 'title missing', noText: 'text missing', empty: 'missing' },
  },
  linking: {
    heading: 'Link',
    field: 'Search for an article, or write an address',
    found: 'Suggestions',
    toAddress: (url) => `Link to ${url}`,
    draft: 'Draft',
    remove: 'Remove the link',
    nothing: 'No article was found. An address looks like https://example.com or name@example.com.',
    failed: 'The search failed. Try again in a moment.',
  },
  look: {
    heading: 'What the mail looks like',
    showAs: 'Show as',
    views: {
      desktop: 'Computer',
      phone: 'Phone',
      dark: 'Dark mode',
      noImages: 'Without images',
      text: 'Plain text',
    },
    reader: 'Reader',
    readers: { sv: 'In Swedish', en: 'In English', nameless: 'Without a name', subscriber: 'A subscriber …' },
    open: 'Show the mail beside',
    close: 'Hide the mail',
    isBeside: 'The mail is shown beside the text.',
    search: 'Search by name or address',
    chosen: (shown) => `Shown as ${shown}.`,
    nobodyFound: 'No subscriber was found.',
    searchFailed: 'The search failed. Try again in a moment.',
    to: (reader) => `To: ${reader}`,
    inbox: 'The line in the inbox',
    inboxes: { gmail: 'Gmail', outlook: 'Outlook', iphone: 'iPhone' },
    noSubject: '(no subject)',
    aboutInboxes:
      'About this much is seen before the mail is opened. It depends on the window and the size of letters.',
    failed: 'The mail cannot be shown right now. What you have written is safe; try again in a moment.',
    testToMe: 'Send a test to me',
    testToAll: (others) => `Send to me and ${others === 1 ? 'one more address' : `${others} more addresses`}`,
    onItsWay: (to) => `The test is on its way to ${to}.`,
    unreachable: 'The server does not answer, so the test may not have been sent. Try again in a moment.',
    tests: 'The last tests',
    statuses: {
      pending: 'on its way',
      submitted: 'sent',
      rejected: 'was not sent',
      uncertain: 'nobody knows whether it arrived',
    },
  },
  article: {
    heading: 'What Publish does',
    off: 'Publishing mails nobody: the newsletter is off for this article.',
    goesTo: (count, shown) => `Publishing mails this article to ${people(count, shown)}, only once.`,
    canaryFirst: (mails, minutes) =>
      `First to about ${mails} of them; ${minutes} minutes later to the rest, unless something speaks against it.`,
    undoable: (seconds) =>
      seconds === 0
        ? 'The mail goes out at once and cannot be undone.'
        : `After the click it can be undone for ${seconds} seconds.`,
    goesToNobody:
      'No active subscriber follows these topics. Choose other topics, or switch the newsletter off to publish.',
    short: (count, shown) => `Goes to ${people(count, shown)}`,
    shortOff: 'No newsletter',
    shortMissing: 'Newsletter: settings missing',
    locales: (parts) => `In ${parts.join(' and ')}.`,
    inLocale: { sv: (count) => `Swedish to ${count}`, en: (count) => `English to ${count}` },
    missing: 'The newsletter cannot go out until these are filled in under Settings → Site:',
    missingFields: {
      senderName: 'sender name',
      senderEmail: 'sender address',
      postalAddress: 'postal address',
    },
    openSite: 'Open the settings',
    toOutbox: 'Trial mode: no mail leaves this computer. The mails go to the outbox here.',
    byEditor: 'An editor publishes the article, and with it goes the newsletter.',
    byEditorOff: 'An editor publishes the article; the newsletter is off for it.',
    campaign: 'This article’s mailing',
    campaignPill: 'Campaign: ',
    campaignOnce:
      'Publishing again sends nothing more. On the campaign’s page you can send it to more people.',
    openCampaign: 'Open the campaign',
  },
  mail: {
    states: {
      pending: 'Waits to be handed over. With a worker running that takes a second or so.',
      waiting: 'Could not be handed over yet. It is tried again by itself:',
      submitted: 'The provider accepted the mail.',
      rejected: 'The mail was refused, or was not to be handed over any more: nobody has got it.',
      uncertain:
        'Nobody can know whether the provider accepted the mail. It is not sent again by itself, as it could then come twice.',
    },
    again: 'Send again',
    againAsked: 'Send again…',
    done: 'Is being sent again',
    conflict: 'That is no longer possible: the mail has moved on, or its content was removed.',
    suppressed: 'The address is suppressed, so nothing is mailed to it. An admin can lift that.',
    expired: 'It is too late for this mail: what it is about has expired.',
    confirm: {
      title: 'Send the mail once more?',
      body: (email) =>
        `It goes to ${email}. Nobody can know whether the mail has already arrived: if it has, it will come twice.`,
      yes: 'Send again',
      no: 'Do not send',
    },
  },
  suppression: {
    find: {
      heading: 'Look up an address',
      about: 'Tells whether the address is suppressed, also for an erased person, who is in no list.',
      email: 'E-mail address',
      button: 'Look up',
    },
    add: {
      heading: 'Suppress an address',
      about: 'A suppressed address is not mailed.',
      reason: 'Why it is suppressed',
      button: 'Suppress',
      done: 'The address is suppressed',
    },
    lift: {
      heading: 'Lift the suppression',
      about: {
        address: 'The subscriber becomes what they were, but whoever has left stays unsubscribed.',
        consent:
          'The subscriber becomes unsubscribed: it takes a new consent. If you have one, set the subscriber to active afterwards and say where it was given.',
      },
      reason: 'Why it is lifted',
      button: 'Lift the suppression',
      done: 'The suppression is lifted',
      erased:
        'This person was erased. They come back only when they ask for the newsletter and confirm it themselves.',
      moved:
        'The subscriber changed to another address. This one comes back only when its owner asks for the newsletter there and confirms it.',
      liftedOn: 'Lifted',
      lifted: {
        address:
          'The suppression is lifted: the address is mailed again, as long as its subscriber is active.',
        consent: 'The suppression is lifted, but newsletters go to the address only with a new consent.',
      },
      adminsOnly: 'Only an admin can lift it.',
      conflict: 'Not any more: the suppression is lifted already.',
    },
    none: 'The address is not suppressed.',
    found: (reason) => `The address is suppressed. Reason: ${reason}.`,
    foundLifted: (lifted, reason) => `${lifted} The reason was: ${reason}.`,
    open: 'Show the suppression',
  },
  contact: {
    answer: 'Answer by e-mail',
    markAnswered: 'Mark as answered',
    markUnanswered: 'Mark as not answered',
    answered: 'Answered',
    unanswered: 'Not answered yet.',
    unreachable: 'The server could not be reached. Try again.',
  },
  restored: {
    heading: 'No campaign goes on by itself: the database may be older than what was mailed.',
    why: {
      database_older: 'The database was restored from a backup.',
      folder_copied: 'The data folder is a copy: the server was restored or moved.',
      folder_unknown: 'The database is used with a new data folder.',
      worker_silent: 'No worker has run for more than an hour, though a campaign was under way.',
    },
    happened:
      'Every campaign that had not ended is paused, and those who may have got the mail already are uncertain. Nobody gets anything twice unless somebody decides so.',
    steps: [
      'See at the mail provider what was sent after the backup was made.',
      'Open each paused campaign and decide: resume it, mail the uncertain again, leave them, or cancel it.',
      'People who have unsubscribed since the backup are still active here. Unsubscribe them again before anything is mailed.',
    ],
    plans: (count) =>
      count === 1
        ? 'One plan waits. Cancel it under Planned if it was carried out already.'
        : `${count} plans wait. Under Planned, cancel those that were carried out already.`,
    campaigns: 'Show the paused campaigns',
    seen: 'I have seen it: let planned publications happen again',
    failed: 'That could not be saved. Try again.',
  },
  worker: {
    missing: 'Nothing is being sent: no worker is running.',
    waitingSince: 'What is due has waited since',
    lastSeen: 'A worker was last seen',
    neverSeen: 'No worker has been seen for a day.',
    remedy: ['Start one on the server with', '. If it stops again, its log says why.'],
    eventsWait: (count, shown) =>
      `What the mail provider told is not counted yet: ${count === 1 ? '1 event waits' : `${shown} events wait`}, since`,
    eventsAside: (count) =>
      `${count} of the mail provider’s events could not be applied. An admin sees the reasons under`,
    waitingEvents: 'Waiting events',
  },
  outbox: {
    nav: 'Outbox',
    group: 'Mail',
    title: 'Outbox',
    intro: 'Trial mode: no mail leaves this computer. These were written to files, and nobody got them.',
    mailerIs: (mailer) =>
      `The outbox is off: mails go out through ${mailer}. With MAILER=outbox they are kept here instead.`,
    notAllowed: 'The outbox holds the addresses of subscribers: it is for editors and admins.',
    search: 'Search by recipient or subject',
    searchButton: 'Search',
    clear: 'Clear',
    total: (count, shown) => (count === 1 ? '1 mail' : `${shown} mails`),
    empty: 'No mails yet. Publish an article, and its newsletter ends up here.',
    nothingFound: 'No mail matches the search.',
    gone: 'This mail is no longer there.',
    adminsOnly: 'Only an admin may open this mail: it can hold a link that logs in.',
    page: (page, total) => `Page ${page} of ${total}`,
    previous: 'Newer',
    next: 'Older',
    list: 'Mails',
    back: 'All mails',
    from: 'From',
    to: 'To',
    noSubject: '(no subject)',
    views: { desktop: 'Desktop', phone: 'Phone', text: 'Plain text', headers: 'Headers' },
    showAs: 'Show as',
    noHtml: 'This mail has no HTML part.',
    noText: 'This mail has no plain-text part.',
    htmlSize: (size) => `HTML: ${size}`,
    mailSize: (size) => `whole mail: ${size}`,
    tooBig: 'Gmail cuts off mails above 102 KB: the end, with the unsubscribe link, would be hidden.',
    frame: (subject) => `The mail “${subject}”`,
  },
}
