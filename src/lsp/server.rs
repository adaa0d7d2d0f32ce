//! The conversation with a client.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument,
    Notification as _, PublishDiagnostics,
};
use lsp_types::request::{
    CodeActionRequest, Completion, GotoDefinition, GotoImplementation, HoverRequest, References,
    Request as _,
};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams,
    CodeActionProviderCapability, CompletionOptions, CompletionParams, CompletionResponse,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverContents,
    HoverParams, HoverProviderCapability, ImplementationProviderCapability, InitializeParams,
    MarkupContent, MarkupKind, OneOf, Position, PublishDiagnosticsParams, ReferenceParams,
    ServerCapabilities, TextDocumentContentChangeEvent, TextDocumentPositionParams,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, Uri,
};
use serde_json::{Value, json};

use crate::diag::{Phrase, say};
use crate::emit::Interface;

use crate::lsp::address::path_of;
use crate::lsp::position::Encoding;
use crate::lsp::project::{Project, State};
use crate::lsp::published::updates;
use crate::lsp::{Analyse, Depth, actions, completion, hover, navigate};

/// How long the server waits for more typing before it checks what is always checked.
const PAUSE: Duration = Duration::from_millis(5);

/// How long it waits before it runs every rule.
const REST: Duration = Duration::from_millis(300);

/// Why a session ended before the client ended it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub Phrase);

/// Serves a client until it says that it is done.
pub fn serve(
    connection: &Connection,
    analyse: &Analyse<'_>,
    interface: &Interface,
) -> Result<(), Fault> {
    let lost = |error: &dyn std::fmt::Display| {
        Fault(say!("the editor cannot be understood: {error}", error = error.to_string()))
    };
    let (id, offered) = connection.initialize_start().map_err(|error| lost(&error))?;
    let offered: InitializeParams = serde_json::from_value(offered).unwrap_or_default();
    let encodings = offered.capabilities.general.and_then(|general| general.position_encodings);
    let encoding = Encoding::of(encodings.as_deref());
    let info = json!({"name": "esgreport", "version": env!("CARGO_PKG_VERSION")});
    let answer = json!({"capabilities": capabilities(encoding), "serverInfo": info});
    connection.initialize_finish(id, answer).map_err(|error| lost(&error))?;
    let projects = BTreeMap::new();
    let mut server = Server { connection, analyse, interface, encoding, projects };
    loop {
        let (wait, depth) = match server.state() {
            State::Stale => (PAUSE, Depth::Quick),
            State::Partial => (REST, Depth::Full),
            // There is nothing to do but to wait; that it ends now and then changes nothing.
            State::Fresh => (Duration::from_secs(3600), Depth::Quick),
        };
        let message = match connection.receiver.recv_timeout(wait) {
            Ok(message) => Some(message),
            Err(error) if error.is_timeout() => None,
            Err(_) => return Ok(()),
        };
        match message {
            None => server.refresh(depth),
            Some(Message::Request(request)) => {
                if connection.handle_shutdown(&request).map_err(|error| lost(&error))? {
                    return Ok(());
                }
                server.answer(request);
            }
            Some(Message::Notification(notification)) => server.note(notification),
            Some(Message::Response(_)) => {}
        }
    }
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    let triggers = ["{", "@", "[", "=", "#", ":", " ", ".", "-", ","];
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

/// A session.
struct Server<'a> {
    connection: &'a Connection,
    analyse: &'a Analyse<'a>,
    interface: &'a Interface,
    encoding: Encoding,
    projects: BTreeMap<PathBuf, Project>,
}

/// A place that a request is about.
struct Asked<'p> {
    project: &'p Project,
    path: String,
    text: String,
    byte: usize,
}

impl Server<'_> {
    /// How far the project is that was checked least.
    fn state(&self) -> State {
        let states = self.projects.values().map(|project| project.state);
        states.min().unwrap_or(State::Fresh)
    }

    /// Checks what changed and tells the client.
    fn refresh(&mut self, depth: Depth) {
        let wanted = match depth {
            Depth::Quick => State::Partial,
            Depth::Full => State::Fresh,
        };
        for project in self.projects.values_mut().filter(|project| project.state < wanted) {
            let before = project.analyse(self.analyse, depth);
            let wording = &self.interface.wording;
            for (uri, version, diagnostics) in updates(project, depth, self.encoding, wording) {
                let shown = PublishDiagnosticsParams { uri, diagnostics, version };
                let method = PublishDiagnostics::METHOD.to_owned();
                // A client that is gone is noticed when it is listened to.
                let _ = self.connection.sender.send(Notification::new(method, shown).into());
            }
            // Giving back what was read before takes a while, in which nobody has to wait.
            drop(before);
        }
        self.projects.retain(|_, project| !project.is_idle());
    }

    /// Takes note of what the client says. What cannot be understood is passed over, as the protocol
    /// asks for notifications.
    fn note(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Ok(params) = serde_json::from_value::<DidOpenTextDocumentParams>(params) {
                    let document = params.text_document;
                    self.set(document.uri, document.text, document.version);
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Ok(params) = serde_json::from_value::<DidChangeTextDocumentParams>(params) {
                    let document = params.text_document;
                    self.change(document.uri, document.version, params.content_changes);
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Ok(params) = serde_json::from_value::<DidCloseTextDocumentParams>(params)
                    && let Some((project, path)) = self.project(&params.text_document.uri)
                {
                    project.close(&path);
                }
            }
            DidSaveTextDocument::METHOD => {
                if let Ok(params) = serde_json::from_value::<DidSaveTextDocumentParams>(params)
                    && let Some((project, path)) = self.project(&params.text_document.uri)
                {
                    project.touch(path);
                }
            }
            _ => {}
        }
    }

    /// The project of a file, which is opened if it is not known yet.
    fn project(&mut self, uri: &Uri) -> Option<(&mut Project, String)> {
        let file = path_of(uri)?;
        let root = Project::root_of(&file)?;
        if !self.projects.contains_key(&root) {
            self.projects.insert(root.clone(), Project::open(&root).ok()?);
        }
        let project = self.projects.get_mut(&root)?;
        let path = project.path_of(&file)?;
        Some((project, path))
    }

    fn set(&mut self, uri: Uri, text: String, version: i32) {
        if let Some((project, path)) = self.project(&uri) {
            project.set(path, uri, text, version);
        }
    }

    fn change(&mut self, uri: Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let encoding = self.encoding;
        let Some((project, path)) = self.project(&uri) else { return };
        let mut text = project.text(&path).unwrap_or_default();
        for change in changes {
            let Some(range) = change.range else {
                text = change.text;
                continue;
            };
            let start = encoding.byte(&text, range.start);
            let end = encoding.byte(&text, range.end).max(start);
            text.replace_range(start..end, &change.text);
        }
        project.set(path, uri, text, version);
    }

    fn answer(&mut self, request: Request) {
        let id = request.id.clone();
        let response = match self.result(request) {
            Ok(result) => Response::new_ok(id, result),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        let _ = self.connection.sender.send(response.into());
    }

    fn result(&mut self, request: Request) -> Result<Value, (ErrorCode, String)> {
        let Request { method, params, .. } = request;
        match method.as_str() {
            Completion::METHOD => {
                let params: CompletionParams = read(params)?;
                let asked = self.asked(&params.text_document_position);
                value(asked.map(|(asked, encoding, _)| {
                    let Asked { project, path, text, byte } = asked;
                    let items = completion::completion(project, &path, &text, byte, encoding);
                    CompletionResponse::Array(items)
                }))
            }
            HoverRequest::METHOD => {
                let params: HoverParams = read(params)?;
                let asked = self.asked(&params.text_document_position_params);
                value(asked.and_then(|(asked, _, interface)| {
                    let Asked { project, path, text, byte } = asked;
                    let value = hover::hover(project, &path, &text, byte, interface)?;
                    let contents = MarkupContent { kind: MarkupKind::Markdown, value };
                    Some(Hover { contents: HoverContents::Markup(contents), range: None })
                }))
            }
            GotoDefinition::METHOD => {
                let params: GotoDefinitionParams = read(params)?;
                let asked = self.asked(&params.text_document_position_params);
                value(asked.and_then(|(asked, encoding, _)| {
                    let Asked { project, path, text, byte } = asked;
                    let place = navigate::definition(project, &path, &text, byte, encoding);
                    place.map(GotoDefinitionResponse::Scalar)
                }))
            }
            GotoImplementation::METHOD => {
                let params: GotoDefinitionParams = read(params)?;
                let asked = self.asked(&params.text_document_position_params);
                value(asked.map(|(asked, encoding, _)| {
                    let Asked { project, path, text, byte } = asked;
                    let places = navigate::languages(project, &path, &text, byte, encoding);
                    GotoDefinitionResponse::Array(places)
                }))
            }
            References::METHOD => {
                let params: ReferenceParams = read(params)?;
                let asked = self.asked(&params.text_document_position);
                value(asked.map(|(asked, encoding, _)| {
                    navigate::references(asked.project, &asked.text, asked.byte, encoding)
                }))
            }
            CodeActionRequest::METHOD => {
                let params: CodeActionParams = read(params)?;
                value(self.actions(&params))
            }
            _ => Err((ErrorCode::MethodNotFound, format!("{method} is not known"))),
        }
    }

    fn actions(&mut self, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
        let at = |position: Position| TextDocumentPositionParams {
            text_document: params.text_document.clone(),
            position,
        };
        let (asked, encoding, interface) = self.asked(&at(params.range.start))?;
        let end = encoding.byte(&asked.text, params.range.end);
        let between = (asked.byte, end.max(asked.byte));
        let found =
            actions::actions(asked.project, &asked.path, between, encoding, &interface.wording);
        Some(found.into_iter().map(CodeActionOrCommand::CodeAction).collect())
    }

    /// The place that a request is about, in a project that is checked as it is now.
    fn asked(
        &mut self,
        at: &TextDocumentPositionParams,
    ) -> Option<(Asked<'_>, Encoding, &Interface)> {
        if self.state() == State::Stale {
            self.refresh(Depth::Quick);
        }
        let (encoding, interface) = (self.encoding, self.interface);
        let (project, path) = self.project(&at.text_document.uri)?;
        let text = project.text(&path)?;
        let byte = encoding.byte(&text, at.position);
        Some((Asked { project, path, text, byte }, encoding, interface))
    }
}

/// The parameters of a request.
fn read<T: serde::de::DeserializeOwned>(params: Value) -> Result<T, (ErrorCode, String)> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

/// A result, or `null` where there is none.
fn value<T: serde::Serialize>(result: Option<T>) -> Result<Value, (ErrorCode, String)> {
    serde_json::to_value(result).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}
