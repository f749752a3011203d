import type { AdminText } from './adminText.ts'
import { svPlanProblems, svProblems } from './svProblems.ts'

const people = (count: number, shown: string) => (count === 1 ? '1 prenumerant' : `${shown} prenumeranter`)

const movedInSwedish = ({ joined, left }: { joined: number; left: number }) =>
  `${joined.toLocaleString('sv-SE')} ${joined === 1 ? 'ny' : 'nya'}, ${left.toLocaleString('sv-SE')} ${left === 1 ? 'avslutad' : 'avslutade'}`

export const sv: AdminText = {
  language: 'sv-SE',
  campaign: {
    states: {
      holding: 'Artikeln syns på webbplatsen. Brevet väntar, så att det går att ångra.',
      undone: 'Ångrat i tid: inget brev har skickats. Artikeln går att publicera och skicka igen.',
      scheduled: 'Väntar på att utskickstjänsten startar utskicket. När den är igång tar det några sekunder.',
      preparing: 'Mottagarna skrivs ned och brevet sätts.',
      canary: 'Breven lämnas först över till en liten del av mottagarna.',
      watched: 'Första delen är överlämnad. Resten väntar på vad leverantören berättar om den.',
      submitting: 'Breven lämnas över, omgång för omgång.',
      waiting: 'Breven lämnas över; det fortsätter av sig självt så snart det går:',
      remailing: 'De som ska få brevet en gång till får det nu.',
      paused: 'Inget mer lämnas över förrän någon fortsätter utskicket.',
      undecided: 'Alla andra är klara. Vad som ska hända med de ovissa avgör en redaktör.',
      submitted:
        'Klart: det är avgjort vad som hände med varje brev. Överlämnat betyder att leverantören tog emot det.',
      cancelled: 'Avbrutet för gott. Inget mer lämnas över, och artikeln skickas inte igen.',
      failed: 'Utskicket kom inte igång, och ingen har fått något brev. Åtgärda felet och försök igen:',
    },
    undone: 'Ångrat',
    undoneLater: 'Ångrat i tid: inget brev har skickats. Det går att skicka till fler igen.',
    hold: {
      goesOut: (title) => `”${title}” skickas till prenumeranterna om`,
      left: (seconds) => (seconds === 1 ? '1 sekund' : `${seconds} sekunder`),
      now: (title) => `”${title}” står på tur att skickas.`,
      untitled: 'En artikel utan rubrik',
      others: (count) =>
        count === 1 ? 'Ett utskick till går att ångra' : `${count} utskick till går att ångra`,
      visible: (seconds) =>
        seconds === 1
          ? 'Artikeln syntes på webbplatsen i 1 sekund.'
          : `Artikeln syntes på webbplatsen i ${seconds} sekunder.`,
    },
    canary: {
      mails: (count, shown) => (count === 1 ? 'Första delen är 1 brev.' : `Första delen är ${shown} brev.`),
      until: 'Om inget talar emot det skickas resten',
      sendRest: 'Skicka resten nu',
    },
    stalled: {
      since: 'Utskicket har stått still sedan',
      lastError: 'Senaste felet:',
      noError: 'Inget fel är noterat. Se efter att utskickstjänsten är igång, och läs dess logg.',
    },
    progress: (settled, recipients) => `${settled} av ${recipients} avgjorda`,
    counts: {
      recipients: 'Mottagare',
      pending: 'Väntar',
      submitted: 'Överlämnade',
      rejected: 'Nekade',
      excluded: 'Undantagna',
      uncertain: 'Ovissa',
      delivered: 'Levererade',
      bounced: 'Studsade',
      complained: 'Anmälda som skräppost',
    },
    started: 'Påbörjades',
    finished: 'Avslutades',
    noEvents: 'Leverantören har inte berättat något om vilka brev som levererats.',
    silence: {
      heading: 'Inga händelser har kommit från leverantören.',
      remedy:
        'Ingen vet därför vilka brev som levererats, studsat eller anmälts. Lägg till en webhook hos Resend, för alla händelser som gäller e-post, till adressen',
      secret: 'Ange sedan webhookens hemlighet (signing secret) som RESEND_WEBHOOK_SECRET på servern.',
    },
    postponed: (count, shown) =>
      count === 1
        ? 'Servern hos en av dem som väntar ber oss komma senare. Den prövas igen i ett dygn, nästa gång'
        : `Servrarna hos ${shown} av dem som väntar ber oss komma senare. De prövas igen i ett dygn, nästa gång`,
    aboutUncertain:
      'Ovissa: ingen kan veta om leverantören tog emot dem. De skickas inte om av sig själva, för då kunde någon få brevet två gånger.',
    aboutRejected:
      'Nekade: leverantören tog inte emot breven till dem. Rätta adresserna och försök igen, om det går.',
    controls: {
      undo: 'Ångra',
      'send-now': 'Skicka nu',
      pause: 'Pausa',
      resume: 'Fortsätt',
      cancel: 'Avbryt för gott…',
      retry: 'Försök igen',
      'mail-again': 'Skicka igen till de ovissa…',
      leave: 'Låt dem vara',
    },
    retryRejected: 'Försök igen med de nekade',
    done: {
      undo: 'Ångrat. Inget brev har skickats.',
      'send-now': 'Skickas nu',
      pause: 'Pausat',
      resume: 'Fortsätter',
      cancel: 'Avbrutet',
      retry: 'Startat igen',
      'mail-again': 'Skickas igen',
      leave: 'De lämnas som de är',
    },
    confirm: {
      cancel: {
        title: 'Avbryta utskicket för gott?',
        body: (count, shown) =>
          [
            count > 0 && `Inga fler får brevet: ${people(count, shown)} skulle ha fått det.`,
            'Det som är överlämnat kan inte tas tillbaka, och artikeln kan inte skickas igen.',
          ]
            .filter(Boolean)
            .join(' '),
        yes: 'Avbryt för gott',
        no: 'Låt det vara',
      },
      'mail-again': {
        title: 'Skicka brevet en gång till?',
        body: (count, shown) =>
          count === 1
            ? 'Det går till 1 prenumerant. Ingen kan veta om brevet redan kom fram dit: i så fall kommer det två gånger.'
            : `Det går till ${shown} prenumeranter. Ingen kan veta vilka av dem som redan har fått det: upp till ${shown} kan få det två gånger.`,
        yes: 'Skicka igen',
        no: 'Skicka inte',
      },
    },
    decide: {
      heading: 'Vad ska hända med de ovissa?',
      mailAgain: (count, shown) =>
        count === 1
          ? 'Mottagaren får brevet igen, och kan få det två gånger.'
          : `Alla ${shown} får brevet igen. Några av dem kan få det två gånger.`,
      leave:
        'Ingen får brevet igen. De står kvar som ovissa i kvittot, och utskicket avslutas. Det går att skicka igen senare.',
    },
    decision: {
      heading: 'Beslut om de ovissa:',
      kinds: { mail_again: 'skicka igen', leave: 'låt dem vara' },
    },
    sentMail: {
      heading: 'Brevet som det skickades',
      language: 'Språk',
      languages: { sv: 'Svenska', en: 'Engelska' },
      failed: 'Brevet går inte att visa just nu.',
    },
    receipt: {
      heading: 'Kvitto',
      about: 'Vad som hände med varje mottagares brev, när, och med vilket id hos leverantören.',
      csv: 'Ladda ned CSV',
      json: 'Ladda ned JSON',
      deliveries: 'Visa mottagarna',
    },
    followed:
      'Artikeln har skickats en gång till sedan dess, kanske till samma personer. Därför går det inte att skicka igen i det här utskicket.',
    moves: {
      heading: 'Det här har hänt',
      all: (count) => `Visa alla ${count} händelser`,
      by: (name) => `Av ${name}`,
      worker: 'Av utskickstjänsten',
      heldUntil: 'Går att ångra till',
      passed: (checks) => `Hinder som släpptes igenom: ${checks}`,
      what: {
        publish: 'Artikeln publicerades',
        'follow-up': 'Utskicket begärdes',
        withdraw: 'Artikeln publicerades utan nyhetsbrev',
        override: 'Skickas trots hinder',
        undo: 'Ångrades',
        'send-now': 'Ångertiden avbröts: skickas nu',
        pause: 'Pausades',
        resume: 'Återupptogs',
        cancel: 'Avbröts för gott',
        retry: 'Nytt försök begärdes',
        'mail-again': 'De ovissa får brevet igen',
        leave: 'De ovissa lämnas som de är',
        holdEnded: 'Ångertiden tog slut',
        preparing: 'Började förberedas',
        opened: 'Mottagarna skrevs ned',
        canary: 'Mottagarna skrevs ned, och en liten del av dem får brevet först',
        restNow: 'Väntan avbröts: resten skickas nu',
        goesOn: 'Gick vidare av sig självt',
        stopped: 'Pausades av sig självt',
        failed: 'Misslyckades',
        finished: 'Avslutades',
        closed: 'Det avbrutna utskicket avslutades',
        laterEdition: 'Ett nytt utskick av artikeln begärdes',
      },
    },
    find: {
      heading: 'Hitta mottagare',
      search: 'Början av en adress eller ett namn',
      fate: 'Vad som hände',
      anyFate: 'Vad som helst',
      fates: {
        pending: 'Väntar',
        submitted: 'Överlämnade',
        delivered: 'Levererade',
        delayed: 'Fördröjda',
        bounced: 'Studsade',
        complained: 'Anmälda som skräppost',
        failed: 'Misslyckades hos leverantören',
        rejected: 'Nekade',
        excluded: 'Undantagna',
        uncertain: 'Ovissa',
      },
      searching: (looked) => (looked === '0' ? 'Söker …' : `Söker … ${looked} genomgångna`),
      found: (count, shown) =>
        count === 0 ? 'Ingen hittades.' : count === 1 ? '1 mottagare.' : `${shown} mottagare.`,
      foundSoFar: (count, looked) => `${count} hittills, av ${looked} genomgångna.`,
      more: 'Visa fler',
      failed: 'Sökningen gick inte att göra. Försök igen om en stund.',
      erased: 'Raderad',
      delayed: (time) => `Fördröjt ${time}`,
    },
    unreachable: 'Servern svarar inte; det som visas är det senast kända.',
    conflict: 'Det går inte längre: utskicket har hunnit vidare.',
    problems: svProblems,
  },
  saving: {
    publish: 'Ändringarna sparas först. Sedan publiceras de.',
    save: 'Ändringarna sparas.',
    alsoHere: (name) => `${name} har också öppnat den här sidan`,
    youElsewhere: 'Du har den öppen i ett annat fönster också',
    stale: (name, time) => `${name} har sparat en nyare version (${time}).`,
    staleOwn: (time) => `Du har själv sparat en nyare version i ett annat fönster (${time}).`,
    somebody: 'Någon annan',
    kept: 'Det du har skrivit står kvar här, men är inte sparat.',
    showNewer: 'Visa den nyare versionen i en ny flik',
    saveOver: 'Spara min text i stället',
    notNow: 'Inte nu',
    failed: 'Det du har skrivit är inte sparat.',
    unreachable: 'Servern svarar inte.',
    repeated: 'Ett nytt försök görs av sig självt om några sekunder.',
    tryAgain: 'Texten står kvar här: försök igen.',
    recovered: 'Nu är allt sparat.',
    leave: 'Det du har skrivit är inte sparat. Vill du lämna sidan ändå?',
    loggedOut: 'Du är utloggad',
    logInAgain: 'Det du har skrivit står kvar på sidan. Logga in igen, så sparas det.',
    email: 'E-postadress',
    password: 'Lösenord',
    logIn: 'Logga in och spara',
  },
  publish: {
    toSite: 'Publicera på webben',
    updateSite: 'Uppdatera webben',
    mailingGoesOn: 'Publicera och fortsätt utskicket',
    updateBoth: 'Uppdatera webben och brevet',
    andMail: (recipients) => `Publicera och skicka till ${recipients}`,
    mail: 'Publicera och skicka',
    mailOnly: {
      toSite: 'Publicera',
      updateSite: 'Uppdatera brevets webbversion',
      mailingGoesOn: 'Fortsätt utskicket',
      updateBoth: 'Uppdatera brevet',
      andMail: (recipients) => `Skicka till ${recipients}`,
      mail: 'Skicka',
    },
    open: 'Publicera …',
    sheet: {
      heading: 'Publicera artikeln',
      where: 'Var ska den publiceras?',
      channels: {
        site: 'Bara på webben',
        site_and_mail: 'På webben och som nyhetsbrev',
        mail: 'Bara som nyhetsbrev',
      },
      mailOnly:
        'Artikeln syns inte på webben. De som får brevet kan läsa den på en egen sida, som ingen annan hittar.',
      whereNow: 'Vem ska kunna läsa den?',
      channelsNow: { mail: 'Bara de som fick brevet', site: 'Alla: visa den på webben' },
      to: 'Skicka till dem som följer',
      everybody: 'Inget valt: brevet går till alla aktiva prenumeranter.',
      leftOut: 'De här får inget brev',
      nobody: 'Alla som prenumererar får brevet.',
      reasons: {
        otherTopics: (_, shown) => `${shown} följer bara andra ämnen`,
        paused: (_, shown) => `${shown} har tagit paus`,
        pending: (_, shown) => `${shown} har inte bekräftat sin prenumeration`,
        unsubscribed: (_, shown) => `${shown} har avslutat sin prenumeration`,
        suppressed: (_, shown) => `${shown} har en spärrad adress`,
      },
      keepOld: (count, shown) =>
        `${people(count, shown)} har redan fått artikeln som nyhetsbrev. De har kvar den tidigare texten och får inget nytt brev.`,
      mailingIsUnderWay:
        'Artikeln har redan ett utskick och får inget nytt. Texten uppdateras bara på webben.',
      mailingWaits:
        'Artikelns utskick väntar. När du publicerar går det vidare, med den text som är sparad nu.',
      laterBegins:
        'Artikeln är på väg till fler, och ingen av dem har fått den än. De får den text som du publicerar nu.',
      mailingBegins: 'Inget brev har skickats än. Brevet får den text som du publicerar nu.',
      withdrawn: 'Inget brev har skickats än. När du publicerar utan nyhetsbrev tas utskicket tillbaka.',
      planned: 'Artikeln är redan planerad, och planen avbokas om du publicerar nu.',
      oneLanguage: { sv: 'Bara den svenska texten', en: 'Bara den engelska texten' },
      when: 'När?',
      now: 'Nu',
      later: 'Vid en viss tid',
      atTime: (what, time) => `${what}, ${time}`,
      moreTopics: 'Fler ämnen finns i fliken Nyhetsbrev.',
      blocked: 'Nyhetsbrevet kan inte skickas förrän hindren ovan är borta.',
      siteOnly: 'Publicera bara på webben',
      notNow: 'Inte nu',
    },
  },
  desk: {
    heading: 'Skrivbordet',
    more: (count) => `${count} till`,
    newArticle: 'Ny artikel',
    setup: {
      heading: 'Kom i gång',
      about: 'Det här behövs innan det första nyhetsbrevet kan gå ut. Punkterna bockas av själva.',
      next: 'Nästa steg',
      done: 'klart',
      asking: 'Frågar namnservrarna …',
      steps: {
        sender: { name: 'Avsändare', hint: 'Namnet och adressen som brevet kommer från.' },
        postalAddress: { name: 'Postadress', hint: 'Står sist i varje brev. Lagen kräver den.' },
        provider: {
          name: 'E-postleverantör',
          hint: 'Nu är det provläge: inga brev lämnar datorn. Den som sköter servern ställer in Resend eller SMTP (MAILER).',
        },
        domain: {
          name: 'Domänen',
          hint: 'SPF, DKIM och DMARC säger att leverantören får skicka åt er. Annars hamnar breven bland skräpposten.',
        },
        webhook: {
          name: 'Besked från leverantören',
          hint: 'Utan dem syns det inte vad som kom fram. Skicka ett provbrev när webhooken är inställd.',
        },
        logo: { name: 'Logotyp', hint: 'Visas överst på webbplatsen och i brevet.' },
        author: { name: 'Skribent', hint: 'Den som artiklarna är skrivna av.' },
        subscribers: {
          name: 'Prenumeranter',
          hint: 'Importera en fil, klistra in adresser, eller låt läsarna anmäla sig själva.',
        },
        testMail: {
          name: 'Provbrev',
          hint: 'Skicka ett till dig själv från fliken Nyhetsbrev i en artikel.',
        },
      },
      domainUnknown: 'Namnservrarna svarar inte just nu.',
    },
    underWay: {
      heading: 'Pågår',
      rate: (perMinute) => `${perMinute} brev i minuten`,
      left: (minutes) => (minutes <= 1 ? 'klart inom en minut' : `klart om ungefär ${minutes} minuter`),
    },
    waits: {
      heading: 'Väntar på dig',
      nothing: 'Inget väntar på dig.',
      unanswered: (count, shown) =>
        count === 1 ? '1 meddelande är inte besvarat' : `${shown} meddelanden är inte besvarade`,
      untitled: 'Utan rubrik',
    },
    planned: { heading: 'Planerat', nothing: 'Inget är planerat.' },
    drafts: { heading: 'Skriv vidare', nothing: 'Inga utkast.', untitled: 'Utan rubrik' },
    last: {
      heading: 'Senaste nyhetsbrevet',
      none: 'Inget nyhetsbrev har skickats än.',
      figures: {
        submitted: 'Överlämnade',
        delivered: 'Levererade',
        bounced: 'Studsade',
        complained: 'Anmälda som skräppost',
      },
      mean: (share, of) => (of === 1 ? `gången före: ${share}` : `snitt av de ${of} före: ${share}`),
      noEvents: {
        outbox: 'Provläge: inga brev har lämnat datorn.',
        smtp: 'Med SMTP berättar ingen vad som kom fram.',
        resend: 'Leverantören har inte berättat vad som kom fram.',
      },
    },
    subscribers: {
      heading: 'Prenumeranter',
      importMore: 'Importera prenumeranter',
      active: (count, shown) => (count === 1 ? '1 aktiv prenumerant' : `${shown} aktiva prenumeranter`),
      moved: (moved) => `De senaste 30 dagarna: ${movedInSwedish(moved)}.`,
      joined: 'Nya',
      left: 'Avslutade',
      day: 'Dag',
      topic: 'Ämne',
      asTable: 'Visa som tabell',
      byTopic: 'Efter ämne',
      tooManyByTopic: 'Så många har kommit eller gått att de inte delas upp efter ämne här.',
      chart: (moved) => `Stapeldiagram, de senaste 30 dagarna: ${movedInSwedish(moved)}.`,
    },
  },
  reviews: {
    states: {
      handed_in: (name) => `${name} har lämnat in artikeln för granskning.`,
      returned: (name) => `${name} har skickat tillbaka artikeln.`,
    },
    somebody: 'Någon',
    forms: {
      'hand-in': {
        note: 'Hälsning till redaktören (frivilligt)',
        send: 'Lämna in för granskning',
        done: 'Artikeln är inlämnad. Redaktörerna får ett mejl.',
      },
      'give-back': {
        note: 'Vad behöver ändras?',
        send: 'Skicka tillbaka',
        done: 'Artikeln är tillbaka hos skribenten, som får ett mejl.',
      },
    },
    unreachable: 'Det gick inte just nu. Försök igen om en stund.',
    toReview: (title) => `Att granska: ${title}`,
    untitled: 'en artikel utan rubrik',
  },
  testLetters: {
    heading: 'Prova de automatiska breven',
    about:
      'Brevet blir som läsaren får det, med inställningarna som är sparade. Länkarna i det gör ingenting.',
    kind: 'Brev',
    newPassword: 'Nytt lösenord',
    language: 'Språk',
    languages: { sv: 'Svenska', en: 'Engelska' },
    send: 'Skicka till mig',
  },
  plans: {
    planned: 'Artikeln är planerad.',
    unpublishLater: 'Avpublicera vid en viss tid',
    unpublishAt: (time) => `Avpublicera ${time}`.trim(),
    heading: 'Planerat',
    line: ({ what, status, time }) => {
      const [will, should, did] = {
        site: ['Publiceras på webben', 'Skulle ha publicerats på webben', 'Publicerades på webben'],
        site_and_mail: [
          'Publiceras på webben och som nyhetsbrev',
          'Skulle ha publicerats på webben och som nyhetsbrev',
          'Publicerades på webben och som nyhetsbrev',
        ],
        mail: ['Skickas som nyhetsbrev', 'Skulle ha skickats som nyhetsbrev', 'Skickades som nyhetsbrev'],
        unpublish: ['Avpubliceras', 'Skulle ha avpublicerats', 'Avpublicerades'],
      }[what]
      if (status === 'cancelled') return `Avbokad. ${should} ${time}.`
      if (status === 'done') return `${did}, som planerat till ${time}.`
      return `${status === 'waiting' || status === 'running' ? will : should} ${time}.`
    },
    untilThen:
      'Går att flytta och avboka fram till dess. Brevet går till dem som prenumererar när det skickas.',
    recipients: (count, shown) =>
      count === 0 ? 'Just nu skulle ingen få brevet.' : `Just nu skulle ${people(count, shown)} få brevet.`,
    newerText: 'Artikeln har en nyare text. Den som planerades är den som publiceras.',
    useNewest: 'Använd den här texten',
    move: 'Flytta',
    moveTo: (time) => `Flytta till ${time}`,
    cancel: 'Avboka',
    done: { PATCH: 'Planen är ändrad.', DELETE: 'Planen är avbokad.' },
    unreachable: 'Det gick inte just nu. Försök igen om en stund.',
    problem: (code, message) => svPlanProblems[code] ?? message,
    time: {
      own: 'Annan tid',
      zone: (timeZone) => `Tiden följer webbplatsens klocka (${timeZone}).`,
      faults: {
        past: 'Den tiden har redan varit.',
        too_far: 'Det är mer än fem år dit.',
      },
      shifts: {
        gap: (time) => `Den tiden finns inte, för klockan ställs om. Det blir ${time}.`,
        overlap: (time) => `Klockan ställs om, så tiden kommer två gånger. Det blir den första, ${time}.`,
      },
    },
  },
  override: {
    summary: 'Skicka trots hindren',
    about: 'Bara en administratör kan göra det. Vem, när och varför sparas i utskicket.',
    reason: 'Skäl',
    send: 'Skicka ändå',
    failed: 'Det gick inte just nu. Försök igen om en stund.',
    heading: 'Skickas trots hinder:',
  },
  canarySetting: {
    noEvents:
      'Sättet att skicka här berättar inte vad som händer med breven, så det finns inget att vänta på: utskick går till alla på en gång. Det fungerar med Resend.',
    noSecret:
      'Resend berättar inget här förrän webhookens hemlighet är inställd som RESEND_WEBHOOK_SECRET på servern: till dess går utskick till alla på en gång.',
  },
  followUp: {
    heading: 'Skicka till fler',
    editions: 'Artikelns utskick',
    names: {
      everybody: 'Första utskicket',
      joined_since: 'Till dem som har tillkommit',
      missed: 'Till dem som missade det',
      correction: 'Rättelse',
      topic: 'Till ett ämne till',
    },
    unfinished: 'Ett utskick av artikeln är på väg. När det är klart kan du skicka till fler.',
    to: 'Vem ska få artikeln?',
    audiences: {
      joined_since: 'De som har blivit prenumeranter sedan dess',
      missed: 'De som prenumererade då men inte fick brevet',
      topic: 'De som följer ett annat ämne',
      correction: 'De som fick brevet: skicka en rättelse',
    },
    topic: 'Ämne',
    chooseTopic: 'Välj ett ämne',
    send: (count, shown) => (count === 1 ? 'Skicka till 1 person' : `Skicka till ${shown} personer`),
    nobody: 'Ingen står på tur: de som det gäller har redan fått artikeln eller prenumererar inte längre.',
    tooOld:
      'Utskicket är så gammalt att det inte längre går att veta vem som fick det. Några skulle få artikeln två gånger.',
    failed: 'Det gick inte just nu. Försök igen om en stund.',
    changes: {
      none: 'Artikeln är likadan som brevet som skickades. Rätta och publicera den först.',
      of: { sv: 'Ändrat i den svenska texten', en: 'Ändrat i den engelska texten' },
    },
  },
  preflight: {
    heading: 'Kontroll före utskick',
    run: 'Kontrollera brevet',
    running: 'Kontrollerar …',
    failed: 'Kontrollen gick inte att göra. Försök igen om en stund.',
    ranAt: 'Kontrollerat',
    changed: 'Artikeln har ändrats sedan dess: kontrollera igen.',
    stops: (count) => (count === 1 ? '1 sak måste rättas.' : `${count} saker måste rättas.`),
    warnings: (count) => (count === 1 ? '1 sak att se över.' : `${count} saker att se över.`),
    nothing: 'Inget hinder hittades.',
    fine: (count) => (count === 1 ? '1 kontroll utan anmärkning' : `${count} kontroller utan anmärkning`),
    levels: { stop: 'Hinder:', warning: 'Se över:', not_run: 'Inte kontrollerat:', ok: '' },
    places: {
      text: 'Rättas i fliken Text.',
      newsletter: 'Rättas i fliken Nyhetsbrev.',
      site: 'Öppna Webbplats',
      images: 'Rättas under Bilder.',
      server: 'Rättas av den som sköter servern.',
    },
  },
  languages: {
    heading: 'Textens språk',
    names: { sv: 'Svenska', en: 'Engelska' },
    states: { ready: 'klar', noTitle: 'rubrik saknas', noText: 'text saknas', empty: 'saknas' },
  },
  linking: {
    heading: 'Länka',
    field: 'Sök en artikel, eller skriv en adress',
    found: 'Förslag',
    toAddress: (url) => `Länka till ${url}`,
    draft: 'Utkast',
    remove: 'Ta bort länken',
    nothing: 'Ingen artikel hittades. En adress ser ut som https://exempel.se eller namn@exempel.se.',
    failed: 'Sökningen gick inte. Prova igen om en stund.',
  },
  look: {
    heading: 'Så ser brevet ut',
    showAs: 'Visa som',
    views: {
      desktop: 'Dator',
      phone: 'Mobil',
      dark: 'Mörkt läge',
      noImages: 'Utan bilder',
      text: 'Ren text',
    },
    reader: 'Läsare',
    readers: { sv: 'På svenska', en: 'På engelska', nameless: 'Utan namn', subscriber: 'En prenumerant …' },
    open: 'Visa brevet bredvid',
    close: 'Dölj brevet',
    isBeside: 'Brevet visas bredvid texten.',
    search: 'Sök på namn eller adress',
    chosen: (shown) => `Visas som ${shown}.`,
    nobodyFound: 'Ingen prenumerant hittades.',
    searchFailed: 'Sökningen gick inte. Prova igen om en stund.',
    to: (reader) => `Till: ${reader}`,
    inbox: 'Raden i inkorgen',
    inboxes: { gmail: 'Gmail', outlook: 'Outlook', iphone: 'iPhone' },
    noSubject: '(ingen ämnesrad)',
    aboutInboxes:
      'Ungefär så mycket visas innan brevet öppnas. Det beror på läsarens fönster och teckenstorlek.',
    failed: 'Brevet kan inte visas just nu. Det du har skrivit finns kvar; prova igen om en stund.',
    testToMe: 'Skicka ett provbrev till mig',
    testToAll: (others) =>
      `Skicka till mig och ${others === 1 ? 'en adress till' : `${others} adresser till`}`,
    onItsWay: (to) => `Provbrevet är på väg till ${to}.`,
    unreachable: 'Servern svarar inte, så provbrevet är kanske inte skickat. Försök igen om en stund.',
    tests: 'De senaste provbreven',
    statuses: {
      pending: 'på väg',
      submitted: 'skickat',
      rejected: 'skickades inte',
      uncertain: 'ovisst om det gick fram',
    },
  },
  article: {
    heading: 'Det här gör Publicera',
    off: 'Ingen får något brev: nyhetsbrevet är avstängt för artikeln.',
    goesTo: (count, shown) => `Artikeln skickas till ${people(count, shown)}, bara en gång.`,
    canaryFirst: (mails, minutes) =>
      `Först till ungefär ${mails} av dem, och ${minutes} minuter senare till resten om inget talar emot det.`,
    undoable: (seconds) =>
      seconds === 0
        ? 'Brevet går i väg direkt och går inte att ångra.'
        : `Efter klicket går det att ångra i ${seconds} sekunder.`,
    goesToNobody:
      'Ingen aktiv prenumerant följer de här ämnena. Välj andra ämnen, eller stäng av nyhetsbrevet för att publicera.',
    short: (count, shown) => `Går till ${people(count, shown)}`,
    shortOff: 'Inget nyhetsbrev',
    shortMissing: 'Nyhetsbrev: uppgifter saknas',
    locales: (parts) => `${parts.join(' och ')}.`,
    inLocale: { sv: (count) => `${count} på svenska`, en: (count) => `${count} på engelska` },
    missing: 'Nyhetsbrevet kan inte skickas förrän det här är ifyllt under Inställningar → Webbplats:',
    missingFields: {
      senderName: 'avsändarens namn',
      senderEmail: 'avsändarens adress',
      postalAddress: 'postadress',
    },
    openSite: 'Öppna inställningarna',
    toOutbox: 'Provläge: inga brev lämnar datorn. De hamnar i utkorgen här.',
    byEditor: 'En redaktör publicerar artikeln, och då skickas nyhetsbrevet.',
    byEditorOff: 'En redaktör publicerar artikeln; nyhetsbrevet är avstängt för den.',
    campaign: 'Artikelns utskick',
    campaignPill: 'Utskick: ',
    campaignOnce: 'Att publicera igen skickar inget nytt. På utskickets sida kan du skicka till fler.',
    openCampaign: 'Öppna utskicket',
  },
  mail: {
    states: {
      pending: 'Väntar på att lämnas över. När utskickstjänsten är igång tar det någon sekund.',
      waiting: 'Har inte gått att lämna över än. Det prövas igen av sig självt:',
      submitted: 'Leverantören tog emot brevet.',
      rejected: 'Brevet togs inte emot, eller skulle inte längre lämnas över: ingen har fått det.',
      uncertain:
        'Ingen kan veta om leverantören tog emot brevet. Det skickas inte om av sig självt, för då kunde det komma två gånger.',
    },
    again: 'Skicka igen',
    againAsked: 'Skicka igen…',
    done: 'Skickas igen',
    conflict: 'Det går inte längre: brevet har hunnit vidare, eller så är innehållet borttaget.',
    suppressed: 'Adressen är spärrad, så inget skickas till den. En administratör kan häva spärren.',
    expired: 'Det är för sent för det här brevet: det som det gäller har gått ut.',
    confirm: {
      title: 'Skicka brevet en gång till?',
      body: (email) =>
        `Det går till ${email}. Ingen kan veta om brevet redan kom fram: i så fall kommer det två gånger.`,
      yes: 'Skicka igen',
      no: 'Skicka inte',
    },
  },
  suppression: {
    find: {
      heading: 'Slå upp en adress',
      about:
        'Här syns om adressen är spärrad, även om personen är raderad: då finns adressen inte kvar i listan.',
      email: 'E-postadress',
      button: 'Slå upp',
    },
    add: {
      heading: 'Spärra en adress',
      about: 'Inga brev skickas till en spärrad adress.',
      reason: 'Varför den spärras',
      button: 'Spärra',
      done: 'Adressen är spärrad',
    },
    lift: {
      heading: 'Häv spärren',
      about: {
        address: 'Prenumeranten blir vad hon eller han var, men den som har lämnat förblir avregistrerad.',
        consent:
          'Prenumeranten blir avregistrerad: det behövs ett nytt samtycke. Har du ett, gör sedan prenumeranten aktiv och ange var det gavs.',
      },
      reason: 'Varför spärren hävs',
      button: 'Häv spärren',
      done: 'Spärren är hävd',
      erased:
        'Personen är raderad. Bara hon eller han själv kan komma tillbaka, genom att be om nyhetsbrevet och bekräfta det.',
      moved:
        'Prenumeranten har bytt till en annan adress. Den här kommer tillbaka bara när dess ägare ber om nyhetsbrevet dit och bekräftar.',
      liftedOn: 'Hävd',
      lifted: {
        address: 'Spärren är hävd: adressen får brev igen, så länge prenumeranten är aktiv.',
        consent: 'Spärren är hävd, men adressen får nyhetsbrev igen först med ett nytt samtycke.',
      },
      adminsOnly: 'Bara en administratör kan häva spärren.',
      conflict: 'Det går inte längre: spärren är redan hävd.',
    },
    none: 'Adressen är inte spärrad.',
    found: (reason) => `Adressen är spärrad. Orsak: ${reason}.`,
    foundLifted: (lifted, reason) => `${lifted} Orsaken var: ${reason}.`,
    open: 'Visa spärren',
  },
  contact: {
    answer: 'Svara via e-post',
    markAnswered: 'Markera som besvarat',
    markUnanswered: 'Markera som obesvarat',
    answered: 'Besvarat',
    unanswered: 'Inte besvarat än.',
    unreachable: 'Det gick inte att nå servern. Försök igen.',
  },
  restored: {
    heading: 'Inget utskick går vidare av sig självt: databasen kan vara äldre än det som har skickats.',
    why: {
      database_older: 'Databasen är återställd från en säkerhetskopia.',
      folder_copied: 'Datamappen är en kopia: servern är återställd eller flyttad.',
      folder_unknown: 'Databasen används med en ny datamapp.',
      worker_silent: 'Utskickstjänsten har inte varit igång på över en timme, fast ett utskick pågick.',
    },
    happened:
      'Alla utskick som inte var klara är pausade, och de som kanske redan har fått brevet är ovissa. Ingen får något två gånger om ingen bestämmer det.',
    steps: [
      'Se efter hos e-postleverantören vad som skickades efter säkerhetskopian.',
      'Öppna varje pausat utskick och bestäm: fortsätt, skicka igen till de ovissa, låt dem vara, eller avbryt.',
      'De som har avslutat prenumerationen sedan kopian står kvar som aktiva. Avsluta dem igen innan något skickas.',
    ],
    plans: (count) =>
      count === 1
        ? 'En plan väntar. Avboka den under Planerat om den redan har körts.'
        : `${count} planer väntar. Avboka dem som redan har körts under Planerat.`,
    campaigns: 'Visa de pausade utskicken',
    seen: 'Jag har sett det: låt planerade publiceringar ske igen',
    failed: 'Det gick inte att spara. Försök igen.',
  },
  worker: {
    missing: 'Inget skickas: utskickstjänsten är inte igång.',
    waitingSince: 'Det som ska göras har väntat sedan',
    lastSeen: 'Utskickstjänsten syntes senast',
    neverSeen: 'Utskickstjänsten har inte synts till det senaste dygnet.',
    remedy: ['Starta den på servern med', '. Stannar den igen står orsaken i dess logg.'],
    eventsWait: (count, shown) =>
      `Det som e-postleverantören har berättat är inte räknat än: ${count === 1 ? '1 händelse' : `${shown} händelser`} väntar, sedan`,
    eventsAside: (count) =>
      `${count} av e-postleverantörens händelser gick inte att hantera. En administratör ser skälen under`,
    waitingEvents: 'Väntande händelser',
  },
  outbox: {
    nav: 'Utkorg',
    group: 'E-post',
    title: 'Utkorg',
    intro: 'Provläge: inga brev lämnar datorn. De här skrevs till filer, och ingen har fått dem.',
    mailerIs: (mailer) =>
      `Utkorgen är avstängd: breven skickas genom ${mailer}. Med MAILER=outbox sparas de här i stället.`,
    notAllowed: 'I utkorgen finns prenumeranternas adresser: den är för redaktörer och administratörer.',
    search: 'Sök på mottagare eller ämnesrad',
    searchButton: 'Sök',
    clear: 'Rensa',
    total: (_, shown) => `${shown} brev`,
    empty: 'Inga brev än. Publicera en artikel, så hamnar nyhetsbrevet här.',
    nothingFound: 'Inget brev stämmer med sökningen.',
    gone: 'Brevet finns inte längre.',
    adminsOnly: 'Bara en administratör får öppna det här brevet: det kan innehålla en länk som loggar in.',
    page: (page, total) => `Sida ${page} av ${total}`,
    previous: 'Nyare',
    next: 'Äldre',
    list: 'Brev',
    back: 'Alla brev',
    from: 'Från',
    to: 'Till',
    noSubject: '(inget ämne)',
    views: { desktop: 'Dator', phone: 'Mobil', text: 'Ren text', headers: 'Brevhuvud' },
    showAs: 'Visa som',
    noHtml: 'Brevet har ingen HTML-del.',
    noText: 'Brevet har ingen textdel.',
    htmlSize: (size) => `HTML: ${size}`,
    mailSize: (size) => `hela brevet: ${size}`,
    tooBig: 'Gmail klipper av brev över 102 kB: slutet, med avregistreringslänken, skulle inte synas.',
    frame: (subject) => `Brevet ”${subject}”`,
  },
}
